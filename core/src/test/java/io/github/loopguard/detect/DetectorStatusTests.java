package io.github.loopguard.detect;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.loopguard.detect.DetectorStatus.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The state of all detectors together.
 */
class DetectorStatusTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			                       | OFF
			OFF                    | OFF
			OFF,OFF                | OFF
			ACTIVE                 | ACTIVE
			OFF,ACTIVE             | ACTIVE
			ACTIVE,OFF,ACTIVE      | ACTIVE
			OFF,DEGRADED           | DEGRADED
			ACTIVE,UNAVAILABLE     | DEGRADED
			UNAVAILABLE            | DEGRADED
			OFF,UNAVAILABLE,ACTIVE | DEGRADED
			""")
	void detectorsThatAreNotWantedDoNotCount(String states, State all) {
		List<DetectorStatus> detectors = (states == null) ? List.of()
				: Arrays.stream(states.split(","))
					.map((state) -> new DetectorStatus("any", State.valueOf(state), null))
					.toList();
		assertThat(DetectorStatus.ofAll(detectors)).isEqualTo(all);
	}

}
