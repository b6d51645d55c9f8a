package io.github.loopguard.autoconfigure.bridge.offload;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Collection;

import io.github.loopguard.bridge.Offload;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method that runs in a lane, because it or its class is annotated with
 * {@code @Offload}.
 *
 * @param method the method
 * @param lane name of its lane
 * @param annotated the annotated class, {@code null} if the method itself is annotated
 */
record OffloadMethod(Method method, String lane, @Nullable Class<?> annotated) {

	private static final String REQUEST_MAPPING = "org.springframework.web.bind.annotation.RequestMapping";

	/**
	 * Returns the offloaded methods of a bean.
	 */
	static Collection<OffloadMethod> in(Class<?> beanClass) {
		return MethodIntrospector
			.selectMethods(beanClass, (MethodIntrospector.MetadataLookup<OffloadMethod>) OffloadMethod::find)
			.values();
	}

	/**
	 * Returns the method that a call of the given one on a bean reaches, if it is
	 * offloaded.
	 */
	static @Nullable OffloadMethod find(Method called, @Nullable Class<?> targetClass) {
		boolean proxy = targetClass == null || Proxy.isProxyClass(targetClass);
		return find(proxy ? called : AopUtils.getMostSpecificMethod(called, targetClass));
	}

	static @Nullable OffloadMethod find(Method method) {
		if (method.isSynthetic()) {
			return null;
		}
		Offload own = AnnotatedElementUtils.findMergedAnnotation(method, Offload.class);
		return (own != null) ? new OffloadMethod(method, own.value(), null) : findByClass(method);
	}

	private static @Nullable OffloadMethod findByClass(Method method) {
		MergedAnnotation<Offload> annotation = classAnnotation(method.getDeclaringClass());
		if (!annotation.isPresent() || !isCoveredByClass(method)) {
			return null;
		}
		return new OffloadMethod(method, annotation.synthesize().value(), (Class<?>) annotation.getSource());
	}

	/**
	 * Returns the annotation that covers the methods that a class declares.
	 */
	static MergedAnnotation<Offload> classAnnotation(Class<?> declaringClass) {
		return MergedAnnotations.from(declaringClass, SearchStrategy.TYPE_HIERARCHY).get(Offload.class);
	}

	private static boolean isCoveredByClass(Method method) {
		if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())
				|| ReflectionUtils.isObjectMethod(method) || KotlinDetector.isSuspendingFunction(method)) {
			return false;
		}
		return isPublisher(method) || (!isReactive(method) && isHandlerMethod(method));
	}

	String name() {
		return this.method.getName();
	}

	boolean reactive() {
		return isReactive(this.method);
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
		if (Proxy.isProxyClass(beanClass) || ClassUtils.isLambdaClass(beanClass)) {
			return null;
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
		return isPublisher(this.method) || (!reactive() && isHandlerMethod(this.method)
				&& AnnotatedElementUtils.hasAnnotation(beanClass, Controller.class));
	}

	private static boolean isPublisher(Method method) {
		Class<?> type = method.getReturnType();
		return type == Mono.class || type == Flux.class || type == Publisher.class;
	}

	private static boolean isReactive(Method method) {
		return Publisher.class.isAssignableFrom(method.getReturnType());
	}

	private static boolean isHandlerMethod(Method method) {
		return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(REQUEST_MAPPING);
	}

	@Override
	public String toString() {
		String name = this.method.getDeclaringClass().getName() + "." + this.method.getName();
		return (this.annotated != null) ? this.annotated.getName() + " (covers " + name + ")" : name;
	}

}
