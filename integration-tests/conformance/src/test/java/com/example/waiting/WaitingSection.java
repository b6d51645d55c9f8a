package com.example.waiting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The section of the page on coverage that counts the methods that can wait. A run fills
 * the column of its own JDK and leaves the other alone.
 */
final class WaitingSection {

	static final List<String> JDKS = List.of("17", "25");

	private static final Path PATH = Path.of("..", "..", "docs", "coverage.md");

	private static final String HEADING = "## Of all that can wait";

	private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (\\d+|\\?) \\| (\\d+|\\?) \\|");

	private static final Pattern RELEASES = Pattern.compile("JDK (\\d+\\S*) and (\\d+\\S*) on Linux");

	private final Map<String, Map<String, String>> counts = new TreeMap<>();

	private final Map<String, String> releases = new TreeMap<>();

	/**
	 * Reads the section, empty if there is none yet.
	 */
	static WaitingSection read() throws IOException {
		WaitingSection section = new WaitingSection();
		String text = text();
		RELEASES.matcher(text).results().forEach((found) -> {
			section.releases.put("17", found.group(1));
			section.releases.put("25", found.group(2));
		});
		ROW.matcher(text).results().forEach((row) -> {
			section.count(row.group(1), "17", row.group(2));
			section.count(row.group(1), "25", row.group(3));
		});
		return section;
	}

	static String text() throws IOException {
		String page = Files.readString(PATH);
		int start = page.indexOf(HEADING);
		return (start < 0) ? "" : page.substring(start);
	}

	static void write(String text) throws IOException {
		String page = Files.readString(PATH);
		int start = page.indexOf(HEADING);
		Files.writeString(PATH, (start < 0) ? page + "\n" + text : page.substring(0, start) + text);
	}

	/**
	 * Returns the release that a column was counted on.
	 */
	String release(String jdk) {
		return this.releases.getOrDefault(jdk, jdk);
	}

	/**
	 * Returns the section with the column of one JDK filled.
	 */
	String with(String jdk, String release, WaitingMethods methods) {
		this.releases.put(jdk, release);
		int found = methods.found().size();
		int leftOut = methods.leftOut().values().stream().mapToInt(Set::size).sum();
		count("public methods", jdk, methods.methods());
		count("of them, methods that can wait", jdk, found + leftOut);
		count("**found**", jdk, found);
		count("**left out**", jdk, leftOut);
		Set<String> reasons = new TreeSet<>();
		this.counts.keySet().removeIf((name) -> {
			if (name.startsWith("left out") || name.startsWith("no wait")) {
				reasons.add(name);
			}
			return false;
		});
		reasons.forEach((name) -> count(name, jdk, 0));
		methods.leftOut().forEach((reason, those) -> count("left out: " + reason, jdk, those.size()));
		methods.harmless().forEach((reason, those) -> count("no wait: " + reason, jdk, those.size()));
		this.counts.values().removeIf((row) -> row.values().stream().allMatch("0"::equals));
		return render();
	}

	private void count(String name, String jdk, Object count) {
		this.counts.computeIfAbsent(name, (key) -> new TreeMap<>()).put(jdk, count.toString());
	}

	private String render() {
		List<String> lines = new ArrayList<>(List.of(HEADING, "",
				"The table above has examples. Whether they are all there are is counted from the JDK's own class "
						+ "files: every public",
				"method of " + WaitingMethods.MODULES.stream().collect(Collectors.joining("`, `", "`", "`")) + " is",
				"followed through what it calls, to the native methods that it reaches, on JDK " + release("17")
						+ " and " + release("25") + " on Linux.",
				"A native method either cannot wait, for a reason, or whoever reaches it must pass a leaf hook of the "
						+ "catalog first, or",
				"is left out, for a reason. A test fails if a method is in no list, so a newer JDK cannot add one "
						+ "unnoticed; and if an",
				"entry of a list matches nothing any more.", "", "| | 17 | 25 |", "|---|---|---|"));
		Stream.of("public methods", "of them, methods that can wait", "**found**", "**left out**")
			.forEach((name) -> lines.add(row(name)));
		rows("left out", lines);
		lines.addAll(List.of("", "Native methods that were reached and cannot wait:", "", "| because | 17 | 25 |",
				"|---|---|---|"));
		rows("no wait", lines);
		lines.addAll(List.of("",
				"A call of a type that code of yours may implement, such as `Runnable`, `InputStream` or `Map`, leads to "
						+ "the method itself",
				"and not to every implementation: those of the JDK are counted where they are. Class initialisers are "
						+ "left out, because they",
				"run once, and so is entering a monitor, which is no call: the [loop monitor](loop-monitor.md) sees it. The lists are in",
				"`integration-tests/conformance/src/test/resources/com/example/waiting`.", ""));
		return String.join("\n", lines);
	}

	private void rows(String prefix, List<String> lines) {
		this.counts.keySet().stream().filter((name) -> name.startsWith(prefix)).forEach((name) -> lines.add(row(name)));
	}

	private String row(String name) {
		return JDKS.stream()
			.map((jdk) -> this.counts.getOrDefault(name, Map.of()).getOrDefault(jdk, "?"))
			.collect(Collectors.joining(" | ", "| " + name + " | ", " |"));
	}

}
