package io.github.loopguard.detect.thread;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadNamesTests {

	@ParameterizedTest
	@CsvSource({ "acme-io-*, acme-io-1, true", "acme-io-*, acme-io-, true", "acme-io-*, acme-io, false",
			"*-SelectorManager, HttpClient-1-SelectorManager, true", "a*b*c, aXbYc, true", "a*b*c, acb, false",
			"a*a, a, false", "exact, exact, true", "exact, exactly, false", "a**b, ab, true" })
	void anAsteriskStandsForAnything(String pattern, String name, boolean matches) {
		assertThat(ThreadNames.NONE.and(List.of(pattern)).match(new Thread(name))).isEqualTo(matches);
	}

}
