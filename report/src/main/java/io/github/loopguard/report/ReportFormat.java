package io.github.loopguard.report;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A form in which a report is written.
 *
 * @since 0.1
 */
public enum ReportFormat {

	/**
	 * All there is to know, for programs and for {@code loopguard-cli}.
	 */
	JSON("report.json"),

	/**
	 * A page for people, without anything from the network.
	 */
	HTML("report.html"),

	/**
	 * What the baseline does not tolerate, for code scanning.
	 */
	SARIF("loopguard.sarif"),

	/**
	 * One line a stack, for flame-graph tools.
	 */
	COLLAPSED("report.collapsed");

	private final String fileName;

	ReportFormat(String fileName) {
		this.fileName = fileName;
	}

	/**
	 * Returns the name of its file.
	 * @return the file name
	 */
	public String fileName() {
		return this.fileName;
	}

	/**
	 * Finds a form by what people call it.
	 * @param label its name
	 * @return the form, or empty if there is none
	 */
	public static Optional<ReportFormat> find(String label) {
		return Stream.of(values()).filter((format) -> format.label().equalsIgnoreCase(label)).findFirst();
	}

	/**
	 * Returns what people call it in properties and options.
	 * @return its name
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
