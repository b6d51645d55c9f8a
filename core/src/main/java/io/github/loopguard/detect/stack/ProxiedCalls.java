package io.github.loopguard.detect.stack;

import java.lang.reflect.Proxy;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.stack.ClassProfile.Kind;
import io.github.loopguard.detect.stack.StackReader.Seen;

/**
 * Names calls that a proxy takes, such as those of a repository or of a transactional
 * service, by what their author called.
 */
final class ProxiedCalls {

	private static final String REPOSITORY = "org.springframework.data.repository.Repository";

	private ProxiedCalls() {
	}

	/**
	 * Returns the name of the call of a proxy that encloses the call, or that is a
	 * repository's, or {@code null} if there is none.
	 * @param outermost the outermost hook
	 * @param frames from the leaf outwards
	 */
	static @Nullable String name(Hook outermost, List<Seen> frames) {
		if (outermost.kind() == Hook.Kind.ENCLOSING) {
			Seen proxy = enclosing(outermost, frames);
			return (proxy != null) ? name(proxy) : null;
		}
		for (int i = frames.size() - 1; i >= 0; i--) {
			Seen frame = frames.get(i);
			if (frame.kind() == Kind.GENERATED && ClassHierarchy.anyMatch(frame.type(), REPOSITORY::equals)) {
				return name(frame);
			}
		}
		return null;
	}

	/**
	 * Returns the proxy that was called, which stands beyond the method that encloses the
	 * call, or {@code null} if none was.
	 */
	private static @Nullable Seen enclosing(Hook outermost, List<Seen> frames) {
		for (int i = frames.size() - 1; i >= 0 && !LibraryCalls.isMethod(frames.get(i), outermost); i--) {
			if (frames.get(i).kind() == Kind.GENERATED) {
				return frames.get(i);
			}
		}
		return null;
	}

	private static String name(Seen proxy) {
		String methodName = proxy.element().getMethodName();
		Class<?> called = Proxy.isProxyClass(proxy.type()) ? declaring(proxy.type(), methodName) : null;
		String className = (called != null) ? called.getName() : Frame.of(proxy.element()).className();
		return className.replace('$', '.') + "." + methodName;
	}

	/**
	 * Returns the interface that the application called, not the one that it extends.
	 */
	static @Nullable Class<?> declaring(Class<?> proxy, String methodName) {
		for (Class<?> implemented : proxy.getInterfaces()) {
			if (has(implemented, methodName)) {
				return implemented;
			}
		}
		return null;
	}

	private static boolean has(Class<?> type, String methodName) {
		if (PublicApi.declares(type, methodName)) {
			return true;
		}
		for (Class<?> inherited : type.getInterfaces()) {
			if (has(inherited, methodName)) {
				return true;
			}
		}
		return false;
	}

}
