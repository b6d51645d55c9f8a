package io.github.loopguard.detect.stack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;

/**
 * The stack of a thread, taken by another one, with the calls on it that the catalog
 * knows: hooks, although nothing is woven.
 *
 * @param frames frames from the innermost outwards
 * @param known the hook of each frame, or {@code null} for most
 * @param unknown stands for what holds the thread where no hook is on the stack
 * @param blocks whether a call is known to block by the rule of {@code unknown}, whatever
 * is on the stack
 */
public record ThreadStack(List<StackTraceElement> frames, @Nullable Hook[] known, Hook unknown, boolean blocks) {

	private static final Set<String> LOADING = Set.of("java.lang.ClassLoader.loadClass", "java.lang.Class.forName0",
			"java.lang.invoke.MethodHandleNatives.linkCallSite");

	/**
	 * Returns the stack with the calls that a catalog knows.
	 * @param frames frames from the innermost outwards
	 * @param hooks hooks of the catalog, see {@link #hooks}
	 * @param rule identifier of the rule that applies where no hook is on the stack
	 * @return the stack
	 */
	public static ThreadStack of(List<StackTraceElement> frames, Map<String, Hook> hooks, String rule) {
		return of(frames, hooks, unknown(rule, frames.get(0)), false);
	}

	/**
	 * Returns the stack of a call that is known to block, and whose innermost frames may
	 * be missing.
	 * @param frames frames from the innermost outwards
	 * @param hooks hooks of the catalog, see {@link #hooks}
	 * @param call stands for the call where no hook of its rule is on the stack
	 * @return the stack
	 */
	public static ThreadStack ofCall(List<StackTraceElement> frames, Map<String, Hook> hooks, Hook call) {
		return of(frames, hooks, call, true);
	}

	private static ThreadStack of(List<StackTraceElement> frames, Map<String, Hook> hooks, Hook unknown,
			boolean blocks) {
		List<StackTraceElement> relevant = frames.stream()
			.filter((frame) -> !OwnClasses.isDetector(frame.getClassName()))
			.toList();
		@Nullable Hook[] known = new @Nullable Hook[relevant.size()];
		for (int i = 0; i < known.length; i++) {
			String name = name(relevant.get(i));
			known[i] = LOADING.contains(name) ? Hook.classDefinition() : hooks.get(name);
		}
		return new ThreadStack(relevant, known, unknown, blocks);
	}

	/**
	 * Returns hooks by the name of their method. A leaf is preferred to an entry.
	 * @param catalog the catalog
	 * @return the hooks that report or name calls
	 */
	public static Map<String, Hook> hooks(Catalog catalog) {
		Map<String, Hook> hooks = new HashMap<>();
		catalog.hooks()
			.stream()
			.filter((hook) -> hook.kind() == Kind.LEAF || hook.kind() == Kind.ENTRY)
			.forEach((hook) -> hooks.merge(hook.className() + "." + hook.methodName(), hook,
					(one, other) -> (one.kind() == Kind.LEAF) ? one : other));
		return Map.copyOf(hooks);
	}

	/**
	 * Returns whether the catalog knows a call within some frames.
	 * @param end number of frames
	 * @return whether one of them decides that a call blocks
	 */
	public boolean isKnown(int end) {
		return leaf(end) != this.unknown;
	}

	Hook leaf(int end) {
		for (int i = 0; i < Math.min(end, this.known.length); i++) {
			Hook hook = this.known[i];
			if (hook != null && hook.kind() == Kind.LEAF
					&& !(this.blocks && !hook.rule().equals(this.unknown.rule()))) {
				return hook;
			}
		}
		return this.unknown;
	}

	Hook outermost(int end) {
		Hook leaf = leaf(end);
		Hook outermost = leaf;
		boolean blocks = this.blocks || leaf != this.unknown;
		for (int i = 0; blocks && i < Math.min(end, this.known.length); i++) {
			Hook hook = this.known[i];
			if (hook != null) {
				outermost = hook;
			}
		}
		return outermost;
	}

	/**
	 * Returns a hook for what no hook is on. Outside the JDK, it is a library that was
	 * called, and is named as its callers know it.
	 */
	private static Hook unknown(String rule, StackTraceElement top) {
		Hook hook = Hook.added(rule, top.getClassName(), top.getMethodName());
		return ClassProfiles.isJdk(top) ? hook.inJdk() : hook;
	}

	private static String name(StackTraceElement element) {
		return element.getClassName() + "." + element.getMethodName();
	}

	/**
	 * Returns a frame that does not keep its class alive, as those of other threads may,
	 * and that reads like one of the current thread.
	 * @param element the frame
	 * @return the same without its class
	 */
	public static StackTraceElement detached(StackTraceElement element) {
		String loader = element.getClassLoaderName();
		boolean builtIn = "app".equals(loader) || "platform".equals(loader);
		return new StackTraceElement(builtIn ? null : loader, element.getModuleName(),
				ClassProfiles.isJdk(element) ? null : element.getModuleVersion(), element.getClassName(),
				element.getMethodName(), element.getFileName(), element.getLineNumber());
	}

}
