package io.github.loopguard.detect.blockhound;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.OccurrenceListener;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.PreventedCall;
import io.github.loopguard.detect.stack.OwnClasses;

/**
 * Receives BlockHound's reports: calls of Loopguard's hooks, declared operations, and
 * marks of other integrations that did not become hooks.
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
		if (!method.getClassName().equals(HookCalls.MARKER)) {
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
		error.setStackTrace(withoutOwnFrames(OccurrenceListener.stackOfCall()));
		return error;
	}

	private static StackTraceElement[] withoutOwnFrames(List<StackTraceElement> stack) {
		List<StackTraceElement> others = new ArrayList<>(stack.size());
		for (StackTraceElement frame : stack) {
			if (!OwnClasses.isOwn(frame.getClassName())) {
				others.add(frame);
			}
		}
		return others.toArray(new StackTraceElement[0]);
	}

}
