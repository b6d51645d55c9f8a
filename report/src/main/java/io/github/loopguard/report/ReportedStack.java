package io.github.loopguard.report;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A stack on which a violation happened.
 *
 * @param frames indexes of its frames in the report, from the blocking call outwards
 * @param count number of occurrences
 * @param held how long event loops were held
 * @since 0.1
 */
public record ReportedStack(List<Integer> frames, long count, Duration held) {

	public ReportedStack {
		frames = IndexList.copyOf(frames);
	}

	@JsonCreator
	static ReportedStack read(@JsonProperty("frames") int[] frames, @JsonProperty("count") long count,
			@JsonProperty("held") Duration held) {
		return new ReportedStack(new IndexList(frames), count, held);
	}

}
