package io.github.loopguard.detect.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.loopguard.Frame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known of a class is what its class file had when it was defined last, as after
 * a restart of the application.
 */
class MethodReferencesTests {

	private static final String NAME = "com/acme/Bank";

	private static final byte[] WITH = classfile(WithReference.class);

	private static final byte[] WITHOUT = classfile(WithoutReference.class);

	@BeforeEach
	void forget() {
		MethodReferences.defined(NAME, WITHOUT);
	}

	@Test
	void methodThatContainsTheReferenceIsNamed() {
		MethodReferences.defined(NAME, WITH);
		assertThat(MethodReferences.find("com.acme.Bank", "trim")).extracting(Frame::methodName).isEqualTo("refer");
	}

	@Test
	void classThatIsDefinedAgainWithoutReferencesHasNone() {
		MethodReferences.defined(NAME, WITH);
		MethodReferences.defined(NAME, WITHOUT);
		assertThat(MethodReferences.find("com.acme.Bank", "trim")).isNull();
	}

	@Test
	void classesBeyondTheLimitAreCounted() {
		long before = MethodReferences.others();
		int most = 20_000;
		for (int i = 0; i < most; i++) {
			MethodReferences.defined("com/acme/Bank" + i, WITH);
		}
		long others = MethodReferences.others() - before;
		assertThat(others).isPositive().isLessThan(most);
		assertThat(MethodReferences.find("com.acme.Bank" + (most - 1), "trim")).isNull();
		for (int i = 0; i < most; i++) {
			MethodReferences.defined("com/acme/Bank" + i, WITHOUT);
		}
		MethodReferences.defined("com/acme/Bank" + (most - 1), WITH);
		assertThat(MethodReferences.others() - before).isEqualTo(others);
		assertThat(MethodReferences.find("com.acme.Bank" + (most - 1), "trim")).isNotNull();
		MethodReferences.defined("com/acme/Bank" + (most - 1), WITHOUT);
	}

	private static byte[] classfile(Class<?> type) {
		try (InputStream stream = type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
			return stream.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static final class WithReference {

		static Supplier<String> refer(String text) {
			return text::trim;
		}

	}

	static final class WithoutReference {

		static List<String> call(String text) {
			return List.of(text.trim());
		}

	}

}
