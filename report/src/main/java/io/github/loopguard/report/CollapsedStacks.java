package io.github.loopguard.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.loopguard.Violation;

/**
 * The format of flame-graph tools: one line for each stack, outermost frame first,
 * followed by the time it held event loops, in microseconds.
 */
final class CollapsedStacks {

	private CollapsedStacks() {
	}

	static void write(Report report, OutputStream out) throws IOException {
		List<String> frames = report.frames();
		Map<List<Integer>, Long> stacks = new TreeMap<>((one, other) -> compare(frames, one, other));
		for (ReportedViolation violation : report.violations()) {
			for (ReportedStack stack : violation.stacks()) {
				stacks.merge(stack.frames(), Math.max(1, TimeUnit.MICROSECONDS.convert(stack.held())), Long::sum);
			}
		}
		for (Map.Entry<List<Integer>, Long> stack : stacks.entrySet()) {
			String line = collapse(frames, stack.getKey()) + " " + stack.getValue() + "\n";
			out.write(line.getBytes(StandardCharsets.UTF_8));
		}
	}

	/**
	 * Compares the frames of two stacks, outermost first.
	 */
	private static int compare(List<String> frames, List<Integer> one, List<Integer> other) {
		int shorter = Math.min(one.size(), other.size());
		for (int i = 1; i <= shorter; i++) {
			int order = frames.get(one.get(one.size() - i)).compareTo(frames.get(other.get(other.size() - i)));
			if (order != 0) {
				return order;
			}
		}
		return Integer.compare(one.size(), other.size());
	}

	private static String collapse(List<String> frames, List<Integer> stack) {
		return IntStream.range(0, stack.size())
			.mapToObj((i) -> clean(frames.get(stack.get(stack.size() - 1 - i))))
			.collect(Collectors.joining(";"));
	}

	private static String clean(String frame) {
		return Violation.printable(frame.replace(';', ',').replaceAll("\\s", "_"));
	}

}
