package com.example.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The document that says what is found on which JDK. A run fills the columns of its own
 * JDK and leaves the others alone.
 */
final class CoverageDocument {

	static final Path PATH = Path.of("..", "..", "docs", "coverage.md");

	static final List<String> JDKS = List.of("17", "25");

	private static final String HEAD = """
			# Coverage

			Every operation below is a real call, made on an event loop of a real server. The conformance test makes it, \
			expects it
			under its rule at its line, and expects silence about its fixed form. This page is generated from what the test \
			saw, on
			JDK 17 and on JDK 25, without any JVM flag.

			*production* is the production profile without BlockHound, which weaves nothing: the \
			[loop monitor](loop-monitor.md)
			finds the call if it holds the loop for longer than its threshold, with the rule that is named where it is \
			another one. For
			calls that take less time than that, the test hands it the stack on which the hook fired. The three operations \
			that only the
			loop monitor finds hold the loop for 250 ms.

			The last two columns are BlockHound as it comes, without Loopguard and *with* its flag
			`-XX:+AllowRedefinitionToAddDeleteMethods`: whatever it reports while the operation runs counts, under \
			whatever name.
			Without the flag BlockHound's installation fails on these JDKs and it finds nothing, which the same test \
			checks.

			*sometimes*: whether BlockHound sees the call depends on which of two threads is faster.

			The rules are explained in [blocking-operations.md](blocking-operations.md).

			""";

	/**
	 * Operations that BlockHound as it comes sees only if the calling thread has to wait:
	 * a pool that already has its connection hands it over without a wait.
	 */
	static final Set<String> SOMETIMES_SEEN = Set.of("Database.hikariGetConnection");

	private static final String NEXT_SECTION = "\n## ";

	private final Map<String, Row> rows;

	private final String rest;

	private CoverageDocument(Map<String, Row> rows, String rest) {
		this.rows = rows;
		this.rest = rest;
	}

	static String read() throws IOException {
		return Files.exists(PATH) ? Files.readString(PATH) : "";
	}

	/**
	 * Takes the columns of other JDKs, and the sections that follow, from a document.
	 */
	static CoverageDocument parse(String document) {
		int next = document.indexOf(NEXT_SECTION);
		String rest = (next < 0) ? "" : document.substring(next);
		return new CoverageDocument(document.lines()
			.filter((line) -> line.startsWith("| ["))
			.map(Row::parse)
			.collect(Collectors.toMap(Row::operation, Function.identity())), rest);
	}

	/**
	 * Returns the operations that BlockHound as it comes finds on a JDK.
	 */
	Set<String> foundByBareBlockHound(String jdk) {
		return this.rows.values()
			.stream()
			.filter((row) -> Row.FOUND.equals(row.cells().get("bare " + jdk)))
			.map(Row::operation)
			.collect(Collectors.toSet());
	}

	/**
	 * Returns the document with the columns of one JDK filled.
	 * @param jdk the JDK
	 * @param outcomes what was found
	 * @param absent operations that it lacks
	 * @param bare what BlockHound as it comes finds
	 */
	String with(String jdk, Collection<Outcome> outcomes, Collection<Operation> absent, Set<String> bare) {
		List<Row> filled = Stream.concat(
				outcomes.stream()
					.map((outcome) -> row(outcome.operation()).with(jdk, outcome,
							bare.contains(outcome.operation().id()))),
				absent.stream().map((operation) -> row(operation).without(jdk)))
			.sorted(Comparator.comparing(Row::rule).thenComparing(Row::operation))
			.toList();
		return Stream
			.of(Stream.of(HEAD + "| rule | operation | call | 17 | 25 | production on 17 | production on 25 "
					+ "| BlockHound on 17 | BlockHound on 25 |", "|---|---|---|---|---|---|---|---|---|"),
					filled.stream().map(Row::toString), Stream.of(total(filled)))
			.flatMap(Function.identity())
			.collect(Collectors.joining("\n", "", "\n" + this.rest));
	}

	private Row row(Operation operation) {
		Row known = this.rows.getOrDefault(operation.id(), new Row("", "", "", Map.of()));
		return new Row(operation.expectation().rule(), operation.id(), operation.expectation().api()[0], known.cells());
	}

	private static String total(List<Row> rows) {
		return "| | **" + rows.size() + " operations** | | "
				+ Row.COLUMNS.stream()
					.map((column) -> "**" + rows.stream().filter((row) -> row.isFound(column)).count() + "**")
					.collect(Collectors.joining(" | "))
				+ " |";
	}

	/**
	 * One line of the table.
	 *
	 * @param rule the rule that the reference demands
	 * @param operation the operation
	 * @param call what it calls
	 * @param cells what was found, by column
	 */
	record Row(String rule, String operation, String call, Map<String, String> cells) {

		static final String FOUND = "yes";

		private static final String BY_LOOP_MONITOR = "by the loop monitor";

		private static final String ABSENT = "no such call";

		static final List<String> COLUMNS = List.of("17", "25", "production 17", "production 25", "bare 17", "bare 25");

		static Row parse(String line) {
			String[] parts = line.split(" *\\| *", -1);
			Map<String, String> cells = new TreeMap<>();
			for (int i = 0; i < COLUMNS.size(); i++) {
				cells.put(COLUMNS.get(i), (parts.length > COLUMNS.size() + 4) ? parts[4 + i] : "?");
			}
			return new Row("", parts[2], parts[3], cells);
		}

		boolean isFound(String column) {
			String cell = this.cells.getOrDefault(column, "");
			return cell.equals(FOUND) || cell.equals(BY_LOOP_MONITOR) || cell.startsWith(Unwoven.FOUND);
		}

		Row with(String jdk, Outcome outcome, boolean bare) {
			Map<String, String> changed = new TreeMap<>(this.cells);
			changed.put(jdk, !outcome.found() ? "no"
					: Conformance.BY_LOOP_MONITOR.contains(this.operation) ? BY_LOOP_MONITOR : FOUND);
			changed.put("production " + jdk, outcome.unwoven());
			changed.put("bare " + jdk, SOMETIMES_SEEN.contains(this.operation) ? "sometimes" : bare ? FOUND : "–");
			return new Row(this.rule, this.operation, this.call, changed);
		}

		Row without(String jdk) {
			Map<String, String> changed = new TreeMap<>(this.cells);
			changed.put(jdk, ABSENT);
			changed.put("production " + jdk, ABSENT);
			changed.put("bare " + jdk, ABSENT);
			return new Row(this.rule, this.operation, this.call, changed);
		}

		@Override
		public String toString() {
			return Stream
				.concat(Stream.of("[" + this.rule + "](blocking-operations.md#" + this.rule + ")", this.operation,
						"`" + this.call + "`"), COLUMNS.stream().map((column) -> this.cells.getOrDefault(column, "?")))
				.collect(Collectors.joining(" | ", "| ", " |"));
		}

	}

}
