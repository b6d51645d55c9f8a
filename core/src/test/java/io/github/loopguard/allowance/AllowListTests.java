package io.github.loopguard.allowance;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AllowListTests {

	private static final List<Allowance> ALL = Stream.of(AllowList.shipped(), KnownAllowances.all())
		.flatMap(List::stream)
		.toList();

	@Test
	void identifiersAndMethodsAreUnique() {
		assertThat(ALL).extracting(Allowance::id).doesNotHaveDuplicates();
		assertThat(ALL).extracting(Allowance::method).doesNotHaveDuplicates();
	}

	@Test
	void everyEntryHasReasonAndLibrary() {
		assertThat(ALL).allSatisfy((allowance) -> {
			assertThat(allowance.reason()).isNotBlank().doesNotEndWith(".");
			assertThat(allowance.library()).isNotBlank();
			assertThat(allowance.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
		});
	}

	@Test
	void noShippedEntryIsTooBroad() {
		assertThat(AllowList.shipped())
			.noneMatch((it) -> BroadMethods.hiddenBy(it.className(), it.methodName()) != null);
	}

}
