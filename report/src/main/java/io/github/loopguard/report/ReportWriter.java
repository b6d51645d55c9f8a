package io.github.loopguard.report;

import java.io.IOException;
import java.io.OutputStream;
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
			AtomicFile.write(directory.resolve(format.fileName()), (out) -> write(report, format, out));
		}
	}

	private static void write(Report report, ReportFormat format, OutputStream out) throws IOException {
		switch (format) {
			case JSON -> ReportJson.write(report, out);
			case HTML -> HtmlReport.write(report, out);
			case SARIF -> SarifLog.write(report, out);
			case COLLAPSED -> CollapsedStacks.write(report, out);
		}
	}

}
