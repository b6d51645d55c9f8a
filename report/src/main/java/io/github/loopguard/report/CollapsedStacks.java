package io.github.loopguard.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The format of flame-graph tools: one line for each stack, outermost frame first,
 * followed by the time it held event loops, in microseconds.
 */
final class CollapsedStacks {

	private CollapsedStacks() {
	}

	static String write(Report report) {
		Map<String, Long> stacks = new TreeMap<>();
		for (ReportedViolation violation : report.violations()) {
			for (ReportedStack stack : violation.stacks()) {
				String line = collapse(report.frames(), stack.frames());
				stacks.merge(line, Math.max(1, stack.held().toNanos() / 1_000), Long::sum);
			}
		}
		return stacks.entrySet()
			.stream()
			.map((stack) -> stack.getKey() + " " + stack.getValue() + "\n")
			.collect(Collectors.joining());
	}

	private static String collapse(List<String> frames, List<Integer> stack) {
		return IntStream.range(0, stack.size())
			.mapToObj((i) -> clean(frames.get(stack.get(stack.size() - 1 - i))))
			.collect(Collectors.joining(";"));
	}

	private static String clean(String frame) {
		return frame.replace(';', ',').replaceAll("\\s", "_");
	}

}
