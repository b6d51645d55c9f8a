package io.github.loopguard.detect.history;

import org.junit.jupiter.api.Test;

import io.github.loopguard.detect.history.PastCall.Source;
import io.github.loopguard.ledger.OccurrenceCounter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls are kept as long as somebody may ask for them.
 */
class OutsideHistoryTests {

	private final OutsideHistory history = new OutsideHistory();

	@Test
	void nothingIsKeptWhereNobodyAsks() {
		add(1);
		this.history.keep((thread) -> true);
		assertThat(this.history.find(1, 0, 10)).isNull();
	}

	@Test
	void callsOfThreadsThatHaveEndedAreForgotten() {
		this.history.keep((thread) -> true);
		add(1);
		add(2);
		assertThat(this.history.find(1, 0, 10)).isNotNull();
		this.history.keep((thread) -> thread == 2);
		assertThat(this.history.find(1, 0, 10)).isNull();
		assertThat(this.history.find(2, 0, 10)).isNotNull();
		this.history.keep(null);
		assertThat(this.history.find(2, 0, 10)).isNull();
	}

	private void add(long thread) {
		this.history.add(thread, OccurrenceCounter.IGNORED, 0, 10, Source.TURN);
	}

}
