package io.github.loopguard.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The directory to which all JVMs that test a module write. Each leaves a fragment of its
 * own, and writes the reports anew from all fragments of the same build, while it holds a
 * lock.
 *
 * @since 0.1
 */
public final class ReportDirectory {

	private static final String FRAGMENTS = "fragments";

	private final Path directory;

	private final @Nullable String run;

	private final Consumer<String> problems;

	/**
	 * Creates an instance.
	 * @param directory the directory, created when something is written
	 * @param run what tells one build from another, or {@code null} if nothing does
	 * @param problems is told what could not be used
	 */
	public ReportDirectory(Path directory, @Nullable String run, Consumer<String> problems) {
		this.directory = directory;
		this.run = run;
		this.problems = problems;
	}

	/**
	 * Adds what this JVM found and writes the reports.
	 * @param classes what was found, by test class
	 * @param formats in which forms
	 * @return the report of all JVMs so far
	 * @throws IOException if something cannot be written
	 */
	public Report add(Map<String, Report> classes, Set<ReportFormat> formats) throws IOException {
		Path fragments = Files.createDirectories(this.directory.resolve(FRAGMENTS));
		JvmReport fragment = new JvmReport(Report.SCHEMA, this.run, Instant.now(), classes);
		Path lock = this.directory.resolve(FRAGMENTS).resolve("lock");
		try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
				FileLock held = channel.lock()) {
			ReportWriter.replace(fragments.resolve(name(fragment)), ReportJson.MAPPER.writeValueAsString(fragment));
			Report report = merge(read(fragments));
			ReportWriter.write(report, this.directory, formats);
			for (ReportFormat other : EnumSet.complementOf(copy(formats))) {
				Files.deleteIfExists(this.directory.resolve(other.fileName()));
			}
			return report;
		}
	}

	/**
	 * Reads the fragments and removes those that nothing is left of.
	 */
	private List<JvmReport> read(Path fragments) throws IOException {
		Map<Path, JvmReport> all = new java.util.TreeMap<>();
		try (Stream<Path> files = Files.list(fragments)) {
			for (Path file : files.filter((it) -> it.toString().endsWith(".json")).toList()) {
				JvmReport fragment = read(fragments, file);
				if (fragment != null) {
					all.put(file, fragment);
				}
			}
		}
		List<JvmReport> valid = new ArrayList<>();
		for (Map.Entry<Path, JvmReport> entry : all.entrySet()) {
			if (isOfThisBuild(entry.getValue()) && isOfUse(entry.getValue(), all.values())) {
				valid.add(entry.getValue());
			}
			else {
				Files.delete(entry.getKey());
			}
		}
		return valid;
	}

	private @Nullable JvmReport read(Path fragments, Path file) throws IOException {
		try {
			JvmReport fragment = ReportJson.MAPPER.treeToValue(ReportJson.parse(file), JvmReport.class);
			if (fragment.schema() == Report.SCHEMA && fragment.classes() != null) {
				return fragment;
			}
			this.problems.accept(file + " was written by another version of Loopguard and is left out");
		}
		catch (UnreadableReportException | JacksonException ex) {
			this.problems.accept(file + " is left out: " + ex.getMessage());
		}
		Files.delete(file);
		return null;
	}

	private boolean isOfThisBuild(JvmReport fragment) {
		return fragment.run() == null || fragment.run().equals(this.run);
	}

	private static boolean isOfUse(JvmReport fragment, Iterable<JvmReport> all) {
		return fragment.classes().keySet().stream().anyMatch((testClass) -> !fragment.isSuperseded(testClass, all));
	}

	private static Report merge(List<JvmReport> fragments) {
		ReportBuilder builder = new ReportBuilder();
		for (JvmReport fragment : fragments) {
			fragment.classes().forEach((testClass, report) -> {
				if (!fragment.isSuperseded(testClass, fragments)) {
					builder.add(report);
				}
			});
		}
		return builder.build(Instant.now());
	}

	private static String name(JvmReport fragment) {
		ProcessHandle process = ProcessHandle.current();
		return process.pid() + "-" + fragment.created().toEpochMilli() + "-"
				+ Integer.toHexString(System.identityHashCode(fragment)) + ".json";
	}

	private static EnumSet<ReportFormat> copy(Set<ReportFormat> formats) {
		EnumSet<ReportFormat> copy = EnumSet.noneOf(ReportFormat.class);
		copy.addAll(formats);
		return copy;
	}

}
