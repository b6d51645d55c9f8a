package io.github.loopguard.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;

/**
 * What is in the file of a report.
 */
final class Written {

	private Written() {
	}

	static String as(ReportFormat format, Report report) {
		try {
			Path directory = Files.createTempDirectory("loopguard");
			Path file = directory.resolve(format.fileName());
			ReportWriter.write(report, directory, EnumSet.of(format));
			String content = Files.readString(file);
			Files.delete(file);
			Files.delete(directory);
			return content;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
