package com.example.allowed;

import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * An invalid property stops the application, with its name, value and remedy.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidExtensionTests {

	private static final String METHOD = "--loopguard.allowances.x.method=com.acme.Cache#refresh";

	private static final String REASON = "--loopguard.allowances.x.reason=it is short";

	static Stream<Arguments> nonsense() {
		return Stream.of(
				arguments(new String[] { METHOD }, "loopguard.allowances.x.reason is missing", "Say in a sentence why"),
				arguments(new String[] { REASON }, "loopguard.allowances.x.method is missing",
						"com.acme.Cache#refresh"),
				arguments(new String[] { REASON, "--loopguard.allowances.x.method=com.acme.Cache.refresh" },
						"loopguard.allowances.x.method=com.acme.Cache.refresh is no method", "Write the class, '#'"),
				arguments(new String[] { METHOD, REASON, "--loopguard.allowances.x.until=31.12.2027" },
						"loopguard.allowances.x.until=31.12.2027 is no date", "2027-03-31"),
				arguments(new String[] { "--loopguard.hooks.x.method=nonsense" },
						"loopguard.hooks.x.method=nonsense is no method", "Write the class, '#'"),
				arguments(new String[] { "--loopguard.hooks.x.method=com.acme.A#b", "--loopguard.hooks.x.rule=sql" },
						"loopguard.hooks.x.rule=sql names no rule", "jdbc"),
				arguments(new String[] { "--loopguard.blocking-threads=*" },
						"loopguard.blocking-threads=* stands for every thread", "acme-io-*"),
				arguments(new String[] { "--loopguard.allowances.nobody.enabled=false" },
						"loopguard.allowances.nobody.enabled=false names no allowance", "/actuator/blocking"));
	}

	@ParameterizedTest
	@MethodSource("nonsense")
	void saysWhatToWriteInstead(String[] arguments, String problem, String remedy, CapturedOutput output) {
		SpringApplication application = new SpringApplication(AllowedApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> application.run(arguments));
		assertThat(output).contains("APPLICATION FAILED TO START").contains(problem).contains(remedy);
	}

}
