package io.github.loopguard.autoconfigure.bridge;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import io.github.loopguard.bridge.Offload;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.stereotype.Controller;
import org.springframework.util.Assert;

/**
 * A method annotated with {@code @Offload}.
 *
 * @param method the method
 * @param lane name of its lane
 */
record OffloadMethod(Method method, String lane) {

	private static final String REQUEST_MAPPING = "org.springframework.web.bind.annotation.RequestMapping";

	static OffloadMethod of(Method method) {
		OffloadMethod offload = find(method);
		Assert.state(offload != null, () -> method + " is not annotated with @Offload");
		return offload;
	}

	static @Nullable OffloadMethod find(Method method) {
		Offload annotation = AnnotatedElementUtils.findMergedAnnotation(method, Offload.class);
		return (annotation != null) ? new OffloadMethod(method, annotation.value()) : null;
	}

	String name() {
		return this.method.getName();
	}

	boolean reactive() {
		return Publisher.class.isAssignableFrom(this.method.getReturnType());
	}

	boolean single() {
		return Mono.class.isAssignableFrom(this.method.getReturnType());
	}

	/**
	 * Returns why the annotation is not supported, {@code null} if it is.
	 */
	@Nullable InvalidOffloadException misuse(Class<?> beanClass) {
		if (!hasSupportedReturnType(beanClass)) {
			return new InvalidOffloadException(this,
					"returns " + this.method.getReturnType().getSimpleName()
							+ ", so its caller would wait for it on the event loop",
					"let it return Mono or Flux, or call it by BlockingBridge.call; only a handler method of a"
							+ " @Controller may return a plain value");
		}
		if (Modifier.isFinal(beanClass.getModifiers())) {
			return new InvalidOffloadException(this, "belongs to a final class, which cannot be proxied",
					"make the class non-final (in Kotlin: open), or use BlockingBridge.call");
		}
		int modifiers = this.method.getModifiers();
		if (Modifier.isFinal(modifiers) || Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
			return new InvalidOffloadException(this, "is final, private or static, which cannot be proxied",
					"make it an overridable instance method, or use BlockingBridge.call");
		}
		return null;
	}

	private boolean hasSupportedReturnType(Class<?> beanClass) {
		Class<?> type = this.method.getReturnType();
		return type == Mono.class || type == Flux.class || type == Publisher.class
				|| (!reactive() && isHandlerMethod(beanClass));
	}

	private boolean isHandlerMethod(Class<?> beanClass) {
		return AnnotatedElementUtils.hasAnnotation(beanClass, Controller.class)
				&& MergedAnnotations.from(this.method, SearchStrategy.TYPE_HIERARCHY).isPresent(REQUEST_MAPPING);
	}

	@Override
	public String toString() {
		return this.method.getDeclaringClass().getName() + "." + this.method.getName();
	}

}
