package io.github.loopguard.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a test, or all tests of a class, fail when they block an event loop, even if the
 * code under test swallows errors. Can be combined with any test: plain Reactor,
 * {@code @SpringBootTest}, any slice.
 * <p>
 * A test fails for violations with the action {@code LOG} or {@code FAIL} that happen
 * before the event loops are idle after the test, for which it waits 200 ms at most. The
 * class fails for violations that happen later or cannot be attributed to one test.
 *
 * @since 0.1
 * @see AllowBlocking
 * @see ExpectBlocking
 * @see BlockingViolations
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(NonBlockingExtension.class)
public @interface NonBlockingTest {

}
