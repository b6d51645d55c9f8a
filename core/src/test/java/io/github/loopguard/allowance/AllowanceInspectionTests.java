package io.github.loopguard.allowance;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.loopguard.allowance.Allowance.Category;
import io.github.loopguard.allowance.AllowanceStatus.State;

import static org.assertj.core.api.Assertions.assertThat;

class AllowanceInspectionTests {

	private final AllowanceInspection inspection = new AllowanceInspection(getClass().getClassLoader());

	@ParameterizedTest
	@CsvSource({ "java.util.HashMap, put, LIVE", "java.util.HashMap, vanish, STALE",
			"java.util.HashMap, <init>, NO_EFFECT", "java.util.Map, put, NO_EFFECT",
			"java.lang.Thread, currentThread, NO_EFFECT", "java.util.UUID, randomUUID, TOO_BROAD",
			"sun.security.ssl.SSLEngineImpl, unwrap, LIVE", "io.netty.util.NetUtil, <clinit>, LIVE" })
	void returnsStateOfBlockHoundAllowance(String className, String methodName, State state) {
		AllowanceStatus status = this.inspection.ofBlockHound(allowance(className, methodName, "com.acme.Integration"));
		assertThat(status).isNotNull();
		assertThat(status.state()).isEqualTo(state);
		assertThat(status.count()).isNull();
		assertThat(status.problem() == null).isEqualTo(state == State.LIVE);
	}

	@ParameterizedTest
	@CsvSource({ "java.util.HashMap, <init>, LIVE", "com.acme.Gone, any, STALE",
			"java.util.UUID, randomUUID, TOO_BROAD" })
	void returnsStateOfUserAllowance(String className, String methodName, State state) {
		AllowanceStatus status = this.inspection.ofStacks(allowance(className, methodName, Allowance.USER));
		assertThat(status).isNotNull();
		assertThat(status.state()).isEqualTo(state);
	}

	@ParameterizedTest
	@CsvSource({ "loopguard", "netty" })
	void returnsNothingForAbsentLibrary(String source) {
		assertThat(this.inspection.ofBlockHound(allowance("com.acme.Gone", "any", source))).isNull();
		assertThat(this.inspection.ofStacks(allowance("com.acme.Gone", "any", source))).isNull();
	}

	private static Allowance allowance(String className, String methodName, String source) {
		return new Allowance("x", null, className, methodName, Category.TOLERATED, "because", source, null, null, null);
	}

}
