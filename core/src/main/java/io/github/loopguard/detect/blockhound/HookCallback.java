package io.github.loopguard.detect.blockhound;

import java.lang.reflect.Modifier;
import java.util.function.Consumer;

import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.PreventedCall;
import io.github.loopguard.detect.thread.ExecutorWeaver;
import io.github.loopguard.detect.thread.RunningExecutor;
import io.github.loopguard.detect.thread.ThreadRole;

/**
 * Receives BlockHound's reports: calls of Loopguard's hooks, declared operations, which
 * executors threads run, and marks of other integrations that did not become hooks.
 */
final class HookCallback implements Consumer<BlockingMethod> {

	private final OccurrenceRecorder recorder;

	private final Declarations declarations = new Declarations();

	HookCallback(OccurrenceRecorder recorder) {
		this.recorder = recorder;
	}

	@Override
	public void accept(BlockingMethod method) {
		PreventedCall prevented = null;
		if (method.getClassName().equals(ExecutorWeaver.MARKER)) {
			RunningExecutor.changed(ThreadRole.valueOf(method.getName()));
		}
		else if (!method.getClassName().equals(HookCalls.MARKER)) {
			prevented = this.recorder.marked(mark(method));
		}
		else if (method.getName().equals(HookCalls.ENTER)) {
			prevented = this.recorder.enter(method.getModifiers());
		}
		else {
			this.recorder.exit(method.getModifiers());
		}
		if (prevented != null) {
			throw error(prevented);
		}
	}

	private Hook mark(BlockingMethod method) {
		return method.getClassName().equals(Declarations.MARKER) ? this.declarations.hook(method.getName())
				: Hook.marked(method.getClassName(), method.getName(), null);
	}

	private static BlockingOperationError error(PreventedCall prevented) {
		String api = prevented.api();
		int dot = api.lastIndexOf('.');
		BlockingOperationError error = new BlockingOperationError(new BlockingMethod(
				(dot < 0) ? Declarations.MARKER : api.substring(0, dot), api.substring(dot + 1), Modifier.STATIC));
		error.initCause(new PreventedCallException(prevented));
		return error;
	}

}
