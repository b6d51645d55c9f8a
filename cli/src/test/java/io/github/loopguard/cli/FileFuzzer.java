package io.github.loopguard.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes a report and a baseline at random and gives them to the commands. Prints what
 * is wrong, or else the number of files.
 */
final class FileFuzzer {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final List<String> VALUES = List.of("null", "true", "[]", "{}", "[[[[[[]]]]]]", "-1", "0", "1",
			"2147483648", "9223372036854775807", "-9223372036854775808", "1e400", "0.1", "\"\"", "\" \"", "\"x\"",
			"\"PT1S\"", "\"PT-9223372036854775808S\"", "\"PT9223372036854775807.999999999S\"",
			"\"+999999999-12-31T23:59:59.999999999Z\"", "\"-999999999-01-01T00:00:00Z\"", "\"com.acme.A#b\"", "\"#\"",
			"\"a.b(\"", "\"a/b/c.d(e:f)\"", "\"//[x\"", "\"a:b\"", "\"%zz\"", "\"../x\"", "\"::error::x\"",
			"\"\\u001b[2J\"", "\"\\u202e\"", "\"\\ud800\"", "\"\\u0000\"", "[null]", "[0,0,0]", "{\"\":0}");

	private static final List<String> PIECES = List.of("{", "}", "[", "]", ",", ":", "\"", "\\", "\u0000", "\u001b[2J",
			"\ufeff", "\u202e", "\ud83d\ude00", "null", "1e9", "-", "//", "<<<<<<<\n", "\n", "\\u", "\"schema\": 1,",
			"[".repeat(5_000), "{\"a\":".repeat(5_000), "9".repeat(5_000), "x".repeat(100_000));

	private final Random random;

	private final Path directory;

	private final Path report;

	private final Path baseline;

	private FileFuzzer(Path directory, long seed) throws IOException {
		this.random = new Random(seed);
		this.directory = directory;
		this.report = Reports.write(Files.createDirectory(directory.resolve("valid")));
		this.baseline = Reports.writeBaseline(directory);
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		FileFuzzer fuzzer = new FileFuzzer(Path.of(args[0]), Long.parseLong(args[2]));
		int files = Integer.parseInt(args[1]);
		ExecutorService commands = Executors.newSingleThreadExecutor();
		for (int i = 0; i < files; i++) {
			if (!fuzzer.tryOne(i, commands)) {
				System.exit(1);
			}
		}
		commands.shutdownNow();
		System.out.print(files + " files\n");
	}

	private boolean tryOne(int number, ExecutorService commands) throws IOException, InterruptedException {
		boolean isReport = number % 2 == 0;
		Path file = this.directory.resolve("broken.json");
		Files.write(file, mutate(Files.readString(isReport ? this.report : this.baseline)));
		List<Object[]> all = isReport
				? List.of(new Object[] { "check", file }, new Object[] { "diff", this.report, file },
						new Object[] { "merge", file, this.report, file, "-o", this.directory.resolve("all") },
						new Object[] { "prune", file, "--baseline", this.baseline, "--dry-run" })
				: List.of(new Object[] { "check", this.report, "--baseline", file },
						new Object[] { "prune", this.report, "--baseline", file });
		for (Object[] command : all) {
			String problem = problem(command, commands);
			if (problem != null) {
				System.out.println("file " + number + ", " + Arrays.toString(command) + ": " + problem);
				System.out.println(Files.readString(file, StandardCharsets.ISO_8859_1));
				return false;
			}
		}
		return true;
	}

	private static String problem(Object[] command, ExecutorService commands) throws InterruptedException {
		Run run;
		try {
			run = commands.submit(() -> Run.of(command)).get(30, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			return "hangs";
		}
		catch (ExecutionException ex) {
			return ex.getCause() + " at " + Arrays.toString(ex.getCause().getStackTrace());
		}
		if (run.code() == 2 && (run.err().lines().count() != 1 || !run.err().contains("broken.json"))) {
			return "exit code 2 without one line that names the file: " + run.err();
		}
		boolean isSilent = run.code() == 2 || run.err().isEmpty();
		boolean isPrintable = (run.out() + run.err()).codePoints()
			.allMatch((it) -> it == '\n' || (it >= 0x20 && it != 0x1b && it != 0x202e && it != 0xfeff));
		return (run.code() < 0 || run.code() > 2 || !isSilent || !isPrintable || run.err().contains("defect"))
				? "exit code " + run.code() + ": " + run.out() + run.err() : null;
	}

	private byte[] mutate(String text) {
		String mutated = text;
		for (int i = this.random.nextInt(3); i >= 0; i--) {
			mutated = this.random.nextBoolean() ? withOtherValue(mutated) : withOtherText(mutated);
		}
		byte[] bytes = mutated.getBytes(StandardCharsets.UTF_8);
		if (this.random.nextInt(4) == 0 && bytes.length > 0) {
			bytes[this.random.nextInt(bytes.length)] = (byte) this.random.nextInt(256);
		}
		return bytes;
	}

	/**
	 * Keeps the form of JSON and puts another value in a random place.
	 */
	private String withOtherValue(String text) {
		JsonNode tree;
		try {
			tree = MAPPER.readTree(text);
		}
		catch (RuntimeException ex) {
			return withOtherText(text);
		}
		List<JsonNode> parents = new ArrayList<>();
		collect(tree, parents);
		if (parents.isEmpty()) {
			return pick(VALUES);
		}
		JsonNode value = MAPPER.readTree(pick(VALUES));
		JsonNode parent = parents.get(this.random.nextInt(parents.size()));
		if (parent instanceof ArrayNode array) {
			if (array.isEmpty() || this.random.nextInt(3) == 0) {
				array.add(array.isEmpty() ? value : array.get(this.random.nextInt(array.size())));
			}
			else {
				array.set(this.random.nextInt(array.size()), value);
			}
		}
		else {
			ObjectNode object = (ObjectNode) parent;
			List<String> names = List.copyOf(object.propertyNames());
			String name = names.isEmpty() ? "x" : names.get(this.random.nextInt(names.size()));
			if (this.random.nextInt(4) == 0) {
				object.remove(name);
			}
			else {
				object.set(name, value);
			}
		}
		return tree.toString();
	}

	private static void collect(JsonNode node, List<JsonNode> parents) {
		if (node.isContainer()) {
			parents.add(node);
			node.forEach((child) -> collect(child, parents));
		}
	}

	private String withOtherText(String text) {
		int from = this.random.nextInt(text.length() + 1);
		int to = Math.min(text.length(), from + this.random.nextInt(1 + this.random.nextInt(200)));
		String part = text.substring(from, to);
		return switch (this.random.nextInt(5)) {
			case 0 -> text.substring(0, from);
			case 1 -> text.substring(0, from) + text.substring(to);
			case 2 -> text.substring(0, to) + part + text.substring(to);
			case 3 -> text.substring(0, from) + pick(VALUES) + text.substring(to);
			default -> text.substring(0, from) + pick(PIECES) + text.substring(from);
		};
	}

	private String pick(List<String> list) {
		return list.get(this.random.nextInt(list.size()));
	}

}
