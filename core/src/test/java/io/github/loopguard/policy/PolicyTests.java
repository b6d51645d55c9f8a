package io.github.loopguard.policy;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.Origin;
import io.github.loopguard.catalog.Catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Policy}.
 */
class PolicyTests {

	private final Catalog catalog = Catalog.shipped();

	@Test
	void logsApplicationAndLibraryAndObservesTheOthersByDefault() {
		assertThat(Policy.defaults(this.catalog).actions("file-read")).containsOnly(
				Map.entry(Origin.APPLICATION, Action.LOG), Map.entry(Origin.LIBRARY, Action.LOG),
				Map.entry(Origin.FRAMEWORK, Action.OBSERVE), Map.entry(Origin.UNKNOWN, Action.OBSERVE));
	}

	@Test
	void observesClassesResourcesAndEntropyByDefault() {
		Policy policy = Policy.defaults(this.catalog);
		assertThat(policy.action("class-loading", Origin.APPLICATION, null)).isEqualTo(Action.OBSERVE);
		assertThat(policy.action("resource-loading", Origin.APPLICATION, null)).isEqualTo(Action.OBSERVE);
		assertThat(policy.action("entropy", Origin.APPLICATION, null)).isEqualTo(Action.OBSERVE);
	}

	@Test
	void apiMayBeLouderThanItsRuleExceptForTheFramework() {
		Policy policy = Policy.defaults(this.catalog);
		assertThat(policy.action("entropy", Origin.APPLICATION, Action.LOG)).isEqualTo(Action.LOG);
		assertThat(policy.action("entropy", Origin.LIBRARY, Action.LOG)).isEqualTo(Action.LOG);
		assertThat(policy.action("entropy", Origin.FRAMEWORK, Action.LOG)).isEqualTo(Action.OBSERVE);
		assertThat(policy.action("entropy", Origin.UNKNOWN, Action.LOG)).isEqualTo(Action.OBSERVE);
	}

	@Test
	void configurationWinsOverBoth() {
		Policy policy = new Policy(this.catalog, Map.of("entropy", Map.of(Origin.APPLICATION, Action.OFF)));
		assertThat(policy.action("entropy", Origin.APPLICATION, Action.LOG)).isEqualTo(Action.OFF);
		assertThat(policy.action("entropy", Origin.LIBRARY, null)).isEqualTo(Action.OBSERVE);
	}

	@Test
	void otherActionReplacesOnlyThatOfItsRuleAndOrigin() {
		Policy policy = new Policy(this.catalog, Map.of("sleep", Map.of(Origin.LIBRARY, Action.OFF)));
		Policy other = policy.with("sleep", Origin.APPLICATION, Action.FAIL);
		assertThat(other.actions("sleep")).containsEntry(Origin.APPLICATION, Action.FAIL)
			.containsEntry(Origin.LIBRARY, Action.OFF)
			.containsEntry(Origin.FRAMEWORK, Action.OBSERVE);
		assertThat(other.preventing()).containsExactly("sleep");
		assertThat(other.actions("file-read")).isEqualTo(policy.actions("file-read"));
		assertThat(other).isNotEqualTo(policy);
		assertThat(policy.preventing()).isEmpty();
	}

	@Test
	void unknownRuleIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Policy(this.catalog, Map.of("file-raed", Map.of(Origin.APPLICATION, Action.OFF))))
			.withMessageContaining("file-raed");
	}

	@Test
	void unknownRuleOfAnOccurrenceIsObserved() {
		assertThat(Policy.defaults(this.catalog).action("of-another-version", Origin.APPLICATION, null))
			.isEqualTo(Action.OBSERVE);
	}

	@Test
	void policiesWithTheSameActionsAreEqual() {
		Map<String, Map<Origin, Action>> off = Map.of("sleep", Map.of(Origin.APPLICATION, Action.OFF));
		assertThat(new Policy(this.catalog, off)).isEqualTo(new Policy(this.catalog, off))
			.hasSameHashCodeAs(new Policy(this.catalog, off))
			.isNotEqualTo(Policy.defaults(this.catalog));
	}

}
