package io.github.loopguard.detect.stack;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

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
	 * repository's.
	 * @param outermost the outermost hook
	 * @param frames from the leaf outwards
	 */
	static Optional<String> name(Hook outermost, List<Seen> frames) {
		if (outermost.kind() == Hook.Kind.ENCLOSING) {
			return enclosing(outermost, frames).map(ProxiedCalls::name);
		}
		for (int i = frames.size() - 1; i >= 0; i--) {
			Seen frame = frames.get(i);
			if (frame.kind() == Kind.GENERATED && ClassHierarchy.anyMatch(frame.type(), REPOSITORY::equals)) {
				return Optional.of(name(frame));
			}
		}
		return Optional.empty();
	}

	/**
	 * Returns the proxy that was called, which stands beyond the method that encloses the
	 * call.
	 */
	private static Optional<Seen> enclosing(Hook outermost, List<Seen> frames) {
		for (int i = frames.size() - 1; i >= 0 && !LibraryCalls.isMethod(frames.get(i), outermost); i--) {
			if (frames.get(i).kind() == Kind.GENERATED) {
				return Optional.of(frames.get(i));
			}
		}
		return Optional.empty();
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
	private static @Nullable Class<?> declaring(Class<?> proxy, String methodName) {
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
