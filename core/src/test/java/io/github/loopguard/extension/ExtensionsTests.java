package io.github.loopguard.extension;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.loopguard.allowance.Allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ExtensionsTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "refresh", "com.acme.Cache", "com.acme.Cache.refresh", "com.acme.Cache#", "#refresh",
			"com.acme.Cache#refresh()", "Cache#refresh", "com.acme.Cache#re fresh" })
	void rejectsMalformedMethod(String method) {
		Extensions.Builder builder = Extensions.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.allow("x", method, "because"))
			.withMessageContaining("com.acme.Cache#refresh");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.hook(method));
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.acme.Cache#refresh", "com.acme.Cache$Entry#<init>", "com.acme.Zählung#zähle" })
	void acceptsMethod(String method) {
		assertThat(Extensions.builder().allow("x", method, "because").build().allowances()).singleElement()
			.satisfies((it) -> assertThat(it.method()).isEqualTo(method));
	}

	@Test
	void anAllowanceMayNameAClassOrOneCall() {
		assertThat(Extensions.builder().allow("a", "com.acme.Cache#*", "because").build().allowances()).singleElement()
			.extracting(Allowance::method)
			.isEqualTo("com.acme.Cache#*");
		assertThat(Extensions.builder()
			.allow("a", "com.acme.Cache#refresh->java.io.File#exists", "because")
			.build()
			.allowances()).singleElement()
			.extracting(Allowance::method)
			.isEqualTo("com.acme.Cache#refresh -> java.io.File.exists");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Extensions.builder().allow("a", "com.acme.Cache#refresh -> exists", "because"));
		assertThatIllegalArgumentException().isThrownBy(() -> Extensions.builder().hook("com.acme.Cache#*"));
	}

	@Test
	void rejectsUnknownRuleAndBlankReason() {
		Extensions.Builder builder = Extensions.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.hook("com.acme.Cache#refresh", "sql"))
			.withMessageContaining("'sql'");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.allow("x", "com.acme.Cache#refresh", " "))
			.withMessageContaining("reason");
	}

	@Test
	void combinesExtensions() {
		Extensions both = Extensions.builder()
			.hook("com.acme.Cache#refresh", "jdbc")
			.eventLoopThreads("io-*")
			.build()
			.and(Extensions.builder().blockingThreads("worker-*").build());
		assertThat(both.hooks()).hasSize(1);
		assertThat(both.eventLoopThreads()).isEqualTo(List.of("io-*"));
		assertThat(both.blockingThreads()).isEqualTo(List.of("worker-*"));
	}

}
