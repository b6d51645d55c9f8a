package io.github.loopguard.bridge;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a method of a Spring bean in a lane. A method that returns a {@code Mono} or a
 * {@code Flux} is called in the lane, and its result is subscribed to there; so its body
 * may block. A handler method of a WebFlux controller may return a plain value instead.
 * Misuse fails the application's start.
 *
 * @since 0.1
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Offload {

	/**
	 * Returns the name of the lane.
	 * @return the lane's name, by default the default lane's
	 */
	String value() default BlockingBridge.DEFAULT_LANE;

}
