package io.github.loopguard.autoconfigure;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ViolationPublisher}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ViolationPublisherTests {

	private final Violation violation = violation();

	@ParameterizedTest
	@CsvSource({ "Throwing, Throwing.onViolation", "ThrowingFarBelow, ThrowingFarBelow.alert",
			"ThrowingChecked, ThrowingChecked.mail", "ThrowingError, ThrowingError.onApplicationEvent",
			"ThrowingLambda, ThrowingLambda.lambda$listener$0" })
	void listenerThatFailsIsNamed(String type, String listener, CapturedOutput output) throws Exception {
		String name = getClass().getName() + "$";
		publish(Class.forName(name + type));
		assertThat(output).contains("Listener " + name + listener + " failed for violation " + this.violation.id()
				+ "; the violation is kept");
	}

	@Test
	void listenerWhoseExceptionTellsNothingIsNotBlamedOnAnotherOne(CapturedOutput output) {
		publish(WithoutStack.class);
		assertThat(output)
			.contains("Listener of BlockingViolationEvent failed for violation " + this.violation.id() + "; the");
	}

	private void publish(Class<?> configuration) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(configuration)) {
			new ViolationPublisher(context).onViolation(this.violation);
		}
	}

	private static Violation violation() {
		Ledger ledger = new Ledger(Catalog.shipped());
		Frame site = new Frame("com.acme.Invoices", "render", "Invoices.java", 7);
		Finding finding = new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null,
				Origin.APPLICATION, site, site, null, false, CallStack.NONE, "loop-1", null, null);
		ledger.counter(finding, Policy.defaults(Catalog.shipped()).decide(finding)).begun();
		return ledger.violations().get(0);
	}

	static class Throwing {

		@EventListener
		void onViolation(BlockingViolationEvent event) {
			throw new IllegalStateException("expected");
		}

	}

	static class ThrowingFarBelow {

		@EventListener(BlockingViolationEvent.class)
		void alert() {
			Integer.parseInt("no number");
		}

	}

	static class ThrowingChecked {

		@EventListener
		void mail(BlockingViolationEvent event) throws IOException {
			throw new IOException("expected");
		}

	}

	static class ThrowingError implements ApplicationListener<BlockingViolationEvent> {

		@Override
		public void onApplicationEvent(BlockingViolationEvent event) {
			throw new InternalError("expected");
		}

	}

	static class ThrowingLambda {

		@Bean
		ApplicationListener<BlockingViolationEvent> listener() {
			return (event) -> {
				throw new IllegalStateException("expected");
			};
		}

	}

	static class WithoutStack {

		@EventListener
		void onViolation(BlockingViolationEvent event) {
			IllegalStateException exception = new IllegalStateException("expected");
			exception.setStackTrace(new StackTraceElement[0]);
			throw exception;
		}

	}

}
