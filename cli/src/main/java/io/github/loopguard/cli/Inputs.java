package io.github.loopguard.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import io.github.loopguard.baseline.Baseline;
import io.github.loopguard.report.Report;
import io.github.loopguard.report.ReportBuilder;
import io.github.loopguard.report.ReportFormat;
import io.github.loopguard.report.ReportJson;
import io.github.loopguard.report.baseline.BaselineFile;

/**
 * Reads the arguments of the commands.
 */
final class Inputs {

	private Inputs() {
	}

	/**
	 * Reads one report.
	 * @param path a {@code report.json}, or its directory
	 */
	static Report report(Path path) {
		return ReportJson.read(Files.isDirectory(path) ? path.resolve(ReportFormat.JSON.fileName()) : path);
	}

	/**
	 * Reads reports of several modules or builds and merges them.
	 */
	static Report reports(List<Path> paths) {
		if (paths.size() == 1) {
			return report(paths.get(0));
		}
		ReportBuilder builder = new ReportBuilder();
		paths.forEach((path) -> builder.add(report(path)));
		return builder.build(Instant.now());
	}

	static Baseline baseline(Path path) {
		return baselineFile(path).read().orElse(Baseline.NONE);
	}

	static BaselineFile baselineFile(Path path) {
		BaselineFile file = new BaselineFile(path);
		if (!Files.isRegularFile(file.path())) {
			throw new UnusableInputException(
					"The baseline " + path + " does not exist or is not a file. To record one, run "
							+ "the tests with -Dloopguard.baseline.mode=record");
		}
		return file;
	}

}
