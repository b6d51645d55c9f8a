package io.github.loopguard.autoconfigure.bridge.offload;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import io.github.loopguard.bridge.Offload;

import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ReflectionUtils;

/**
 * Tells cheaply which beans may have {@link OffloadMethod}s: most have none.
 */
final class OffloadCandidates {

	/** Spring's own: most beans are, and none of them knows {@code @Offload}. */
	private static final List<String> SPRING = List.of("org.springframework.beans.", "org.springframework.boot.",
			"org.springframework.context.", "org.springframework.core.", "org.springframework.http.",
			"org.springframework.web.");

	/** Whether a type, or one of its own methods, is annotated. */
	private final Map<Class<?>, Boolean> types = new ConcurrentReferenceHashMap<>();

	/** Whether an annotation stands for {@code @Offload}. */
	private final Map<Class<? extends Annotation>, Boolean> annotations = new ConcurrentReferenceHashMap<>();

	/**
	 * Returns whether a class, a supertype or one of their methods is annotated.
	 */
	boolean contain(Class<?> beanClass) {
		for (Class<?> type = beanClass; type != null; type = type.getSuperclass()) {
			if (isAnnotated(type)) {
				return true;
			}
		}
		for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(beanClass)) {
			if (isAnnotated(type)) {
				return true;
			}
		}
		return false;
	}

	private boolean isAnnotated(Class<?> type) {
		return !isSpring(type.getName()) && AnnotationUtils.isCandidateClass(type, Offload.class)
				&& this.types.computeIfAbsent(type, this::findIn);
	}

	private static boolean isSpring(String className) {
		for (String prefix : SPRING) {
			if (className.startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

	private boolean findIn(Class<?> type) {
		if (areOffload(type.getDeclaredAnnotations())) {
			return true;
		}
		for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
			if (areOffload(method.getDeclaredAnnotations())) {
				return true;
			}
		}
		return false;
	}

	private boolean areOffload(Annotation[] annotations) {
		for (Annotation annotation : annotations) {
			if (this.annotations.computeIfAbsent(annotation.annotationType(), OffloadCandidates::isOffload)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOffload(Class<? extends Annotation> type) {
		return type == Offload.class || MergedAnnotations.from(type).isPresent(Offload.class);
	}

}
