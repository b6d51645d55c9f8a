package io.github.loopguard.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.report.file.AtomicFile;

/**
 * The directory to which all JVMs that test a module write. While it holds a lock, each
 * JVM adds a file with its own findings and rewrites the reports from the files of all
 * JVMs of the build.
 *
 * @since 0.1
 */
public final class ReportDirectory {

	private static final String JVM_REPORTS = "fragments";

	private final Path directory;

	private final @Nullable String run;

	private final Consumer<String> problems;

	/**
	 * Creates an instance.
	 * @param directory the directory, created when something is written
	 * @param run name of the build, or {@code null} if unknown
	 * @param problems receives a message for each file that cannot be used
	 */
	public ReportDirectory(Path directory, @Nullable String run, Consumer<String> problems) {
		this.directory = directory;
		this.run = run;
		this.problems = problems;
	}

	/**
	 * Adds what this JVM found and writes the reports.
	 * @param classes a report for each test class
	 * @param formats formats to write
	 * @return the report of all JVMs so far
	 * @throws IOException if something cannot be written
	 */
	public Report add(Map<String, Report> classes, Set<ReportFormat> formats) throws IOException {
		Path jvmReports = Files.createDirectories(this.directory.resolve(JVM_REPORTS));
		JvmReport own = new JvmReport(Report.SCHEMA, this.run, Instant.now(), classes);
		Path lock = jvmReports.resolve("lock");
		try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				LinkOption.NOFOLLOW_LINKS); FileLock held = channel.lock()) {
			AtomicFile.write(jvmReports.resolve(fileName(own)),
					(out) -> ReportJson.write(ReportJson.MAPPER.writer(), own, out));
			Report report = merge(readAll(jvmReports));
			ReportWriter.write(report, this.directory, formats);
			for (ReportFormat other : EnumSet.complementOf(copy(formats))) {
				Files.deleteIfExists(this.directory.resolve(other.fileName()));
			}
			return report;
		}
	}

	/**
	 * Reads what all JVMs found and deletes the files that are out of date.
	 */
	private List<JvmReport> readAll(Path jvmReports) throws IOException {
		Map<Path, JvmReport> all = new TreeMap<>();
		try (Stream<Path> files = Files.list(jvmReports)) {
			for (Path file : files.filter(ReportDirectory::isJvmReport).toList()) {
				JvmReport jvmReport = read(file);
				if (jvmReport != null) {
					all.put(file, jvmReport);
				}
			}
		}
		List<JvmReport> valid = new ArrayList<>();
		for (Map.Entry<Path, JvmReport> entry : all.entrySet()) {
			if (isOfThisBuild(entry.getValue()) && isCurrent(entry.getValue(), all.values())) {
				valid.add(entry.getValue());
			}
			else {
				Files.delete(entry.getKey());
			}
		}
		return valid;
	}

	private @Nullable JvmReport read(Path file) throws IOException {
		try {
			return ReportReader.jvmReport(file);
		}
		catch (UnreadableReportException ex) {
			this.problems.accept("what another JVM found is left out: " + ex.getMessage());
			Files.delete(file);
			return null;
		}
	}

	private static boolean isJvmReport(Path file) {
		return file.toString().endsWith(".json") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
	}

	private boolean isOfThisBuild(JvmReport jvmReport) {
		return jvmReport.run() == null || jvmReport.run().equals(this.run);
	}

	private static boolean isCurrent(JvmReport jvmReport, Iterable<JvmReport> all) {
		return jvmReport.classes().keySet().stream().anyMatch((testClass) -> !jvmReport.isSuperseded(testClass, all));
	}

	private static Report merge(List<JvmReport> jvmReports) {
		ReportBuilder builder = new ReportBuilder();
		for (JvmReport jvmReport : jvmReports) {
			jvmReport.classes().forEach((testClass, report) -> {
				if (!jvmReport.isSuperseded(testClass, jvmReports)) {
					builder.add(report);
				}
			});
		}
		return builder.build(Instant.now());
	}

	private static String fileName(JvmReport jvmReport) {
		ProcessHandle process = ProcessHandle.current();
		return process.pid() + "-" + jvmReport.created().toEpochMilli() + "-"
				+ Integer.toHexString(System.identityHashCode(jvmReport)) + ".json";
	}

	private static EnumSet<ReportFormat> copy(Set<ReportFormat> formats) {
		EnumSet<ReportFormat> copy = EnumSet.noneOf(ReportFormat.class);
		copy.addAll(formats);
		return copy;
	}

}
