package io.github.loopguard.bridge;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a method of a Spring bean in a lane. A method that returns a {@code Mono}, a
 * {@code Flux} or a {@code Publisher} is called in the lane, and its result is subscribed
 * to there; so its body may block. A handler method of a WebFlux controller may return a
 * plain value instead. Misuse fails the application's start.
 * <p>
 * On a class or an interface it applies to all such methods that the type and its
 * subtypes declare, but not to what they inherit from other types; the annotation of a
 * method takes precedence. As a meta-annotation it gives a lane an annotation of its own:
 * <pre class="code">
 * &#64;Offload("reports")
 * &#64;Retention(RetentionPolicy.RUNTIME)
 * public &#64;interface Reports {
 * }
 * </pre>
 *
 * @since 0.1
 */
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Offload {

	/**
	 * Returns the name of the lane.
	 * @return the lane's name, by default the default lane's
	 */
	String value() default BlockingBridge.DEFAULT_LANE;

}
