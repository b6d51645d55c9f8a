package io.github.loopguard.report;

import java.time.Duration;
import java.util.List;

/**
 * A stack on which a violation happened.
 *
 * @param frames indexes of its frames in the report, from the blocking call outwards
 * @param count number of occurrences
 * @param held how long event loops were held
 * @since 0.1
 */
public record ReportedStack(List<Integer> frames, long count, Duration held) {
}
