package io.github.loopguard.test.report;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.report.ReportFormat;
import io.github.loopguard.test.setting.Settings;

/**
 * Settings of the reports.
 *
 * @param directory directory of the reports
 * @param formats formats to write; none means that nothing is written
 * @param problems messages about invalid settings, which are not used
 */
record ReportSettings(Path directory, Set<ReportFormat> formats, List<String> problems) {

	private static final String LOCATION = "loopguard.report.location";

	private static final String FORMATS = "loopguard.report.formats";

	private static final String NONE = "none";

	static ReportSettings of(Settings settings) {
		List<String> problems = new ArrayList<>();
		Path directory = directory(settings, problems);
		Set<ReportFormat> formats = formats(settings.value(FORMATS), problems);
		return new ReportSettings(directory, formats, problems);
	}

	private static Path directory(Settings settings, List<String> problems) {
		String location = settings.value(LOCATION);
		Path directory = settings.output().resolve("loopguard");
		if (location == null) {
			return directory;
		}
		try {
			Path wanted = settings.module()
				.resolve(location.startsWith("file:") ? location.substring("file:".length()) : location);
			if (!Files.exists(wanted) || Files.isDirectory(wanted)) {
				return wanted;
			}
			problems.add(LOCATION + "=" + location + " is a file. Name a directory; until then it is " + directory);
		}
		catch (InvalidPathException ex) {
			problems.add(LOCATION + "=" + location + " is no path. Name a directory; until then it is " + directory);
		}
		return directory;
	}

	private static Set<ReportFormat> formats(@Nullable String names, List<String> problems) {
		if (names == null) {
			return EnumSet.allOf(ReportFormat.class);
		}
		Set<ReportFormat> formats = EnumSet.noneOf(ReportFormat.class);
		for (String name : names.split(",")) {
			if (!name.isBlank() && !name.strip().equalsIgnoreCase(NONE)) {
				Optional<ReportFormat> format = ReportFormat.find(name.strip());
				format.ifPresentOrElse(formats::add, () -> problems.add(FORMATS + "=" + names + ": '" + name.strip()
						+ "' does not exist. Write some of "
						+ Stream.of(ReportFormat.values()).map(ReportFormat::label).collect(Collectors.joining(", "))
						+ ", or " + NONE));
			}
		}
		return formats;
	}

}
