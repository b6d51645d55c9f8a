package io.github.loopguard.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a test, or all tests of a class, fail when an event loop is blocked on their
 * behalf, also where the code under test swallows errors. Goes with any test: plain
 * Reactor, {@code @SpringBootTest}, any slice.
 * <p>
 * A test fails for what the policy in force logs, as far as it happens before the event
 * loops have come to rest after the test, for which it waits 200 ms at most. What comes
 * later, or cannot be tied to one test, fails the class.
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
