package io.github.loopguard.bridge;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a method of a Spring bean in a lane. A method that returns a {@code Mono} or a
 * {@code Flux} is called, and what it returns is subscribed to, in the lane; so its body
 * may block. A handler method of a WebFlux controller may return a plain value instead.
 * Misuse stops the application at start-up.
 *
 * @since 0.1
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Offload {

	/**
	 * Name of the lane.
	 * @return the lane's name, the default lane's unless set
	 */
	String value() default BlockingBridge.DEFAULT_LANE;

}
