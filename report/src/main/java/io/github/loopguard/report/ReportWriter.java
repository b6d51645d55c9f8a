package io.github.loopguard.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.github.loopguard.report.file.AtomicFile;

/**
 * Writes a report to files.
 *
 * @since 0.1
 */
public final class ReportWriter {

	private ReportWriter() {
	}

	/**
	 * Writes a report.
	 * @param report the report
	 * @param directory the directory, which is created if necessary
	 * @param formats formats to write
	 * @throws IOException if a file cannot be written
	 */
	public static void write(Report report, Path directory, Set<ReportFormat> formats) throws IOException {
		Files.createDirectories(directory);
		for (ReportFormat format : formats) {
			AtomicFile.write(directory.resolve(format.fileName()), format(report, format));
		}
	}

	private static String format(Report report, ReportFormat format) {
		return switch (format) {
			case JSON -> ReportJson.write(report);
			case HTML -> HtmlReport.write(report);
			case SARIF -> SarifLog.write(report);
			case COLLAPSED -> CollapsedStacks.write(report);
		};
	}

}
