package io.github.loopguard.test.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;

import io.github.loopguard.test.NonBlockingTest;

/**
 * A {@link WebFluxTest} that fails when an event loop is blocked.
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@WebFluxTest
@NonBlockingTest
public @interface NonBlockingWebFluxTest {

	/**
	 * Controllers to test.
	 * @return controllers
	 */
	@AliasFor(annotation = WebFluxTest.class, attribute = "value")
	Class<?>[] value() default {};

	/**
	 * Controllers to test.
	 * @return controllers
	 */
	@AliasFor(annotation = WebFluxTest.class, attribute = "controllers")
	Class<?>[] controllers() default {};

	/**
	 * Properties of the application.
	 * @return properties, each as {@code key=value}
	 */
	@AliasFor(annotation = WebFluxTest.class, attribute = "properties")
	String[] properties() default {};

	/**
	 * Whether to include the components that a web slice includes by default.
	 * @return whether default filters are used
	 */
	@AliasFor(annotation = WebFluxTest.class, attribute = "useDefaultFilters")
	boolean useDefaultFilters() default true;

	/**
	 * Filters that add components.
	 * @return filters
	 */
	@AliasFor(annotation = WebFluxTest.class, attribute = "includeFilters")
	Filter[] includeFilters() default {};

	/**
	 * Filters that exclude components.
	 * @return filters
	 */
	@AliasFor(annotation = WebFluxTest.class, attribute = "excludeFilters")
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations to exclude.
	 * @return auto-configurations
	 */
	@AliasFor(annotation = WebFluxTest.class, attribute = "excludeAutoConfiguration")
	Class<?>[] excludeAutoConfiguration() default {};

}
