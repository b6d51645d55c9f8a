package io.github.loopguard.autoconfigure.web;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Asks Kotlin's coroutines for the Reactor context that Spring starts them with. By name,
 * because few applications have Kotlin.
 */
final class Coroutines {

	private static final @Nullable Coroutines INSTANCE = find();

	private final Method coroutineContext;

	private final Method element;

	private final Object key;

	private final Method reactorContext;

	private Coroutines(Class<?> continuation, Class<?> context, Class<?> element) throws ReflectiveOperationException {
		this.coroutineContext = continuation.getMethod("getContext");
		this.key = element.getField("Key").get(null);
		this.element = context.getMethod("get",
				Class.forName(context.getName() + "$Key", false, context.getClassLoader()));
		this.reactorContext = element.getMethod("getContext");
	}

	/**
	 * Returns the request that a coroutine works for.
	 * @param work a continuation of the coroutine
	 * @return the request, or {@code null} if there is none, or it is no continuation
	 */
	static @Nullable TrackedRequest request(Object work) {
		Coroutines coroutines = INSTANCE;
		if (coroutines == null || !coroutines.coroutineContext.getDeclaringClass().isInstance(work)) {
			return null;
		}
		try {
			return coroutines.context(work) instanceof ContextView context ? WorkedFor.request(context) : null;
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	private @Nullable Object context(Object continuation) throws ReflectiveOperationException {
		Object context = this.coroutineContext.invoke(continuation);
		Object found = this.element.invoke(context, this.key);
		return (found != null) ? this.reactorContext.invoke(found) : null;
	}

	private static @Nullable Coroutines find() {
		ClassLoader loader = Coroutines.class.getClassLoader();
		try {
			return new Coroutines(Class.forName("kotlin.coroutines.Continuation", false, loader),
					Class.forName("kotlin.coroutines.CoroutineContext", false, loader),
					Class.forName("kotlinx.coroutines.reactor.ReactorContext", false, loader));
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			return null;
		}
	}

}
