package io.github.loopguard.report;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * File format of a report.
 *
 * @since 0.1
 */
public enum ReportFormat {

	/**
	 * The whole report, for programs and for {@code loopguard-cli}.
	 */
	JSON("report.json"),

	/**
	 * A page for the browser, which loads nothing from the network.
	 */
	HTML("report.html"),

	/**
	 * The violations that are not tolerated, for code scanning.
	 */
	SARIF("loopguard.sarif"),

	/**
	 * One line for each stack, for flame-graph tools.
	 */
	COLLAPSED("report.collapsed");

	private final String fileName;

	ReportFormat(String fileName) {
		this.fileName = fileName;
	}

	/**
	 * Returns the name of the file.
	 * @return the file name
	 */
	public String fileName() {
		return this.fileName;
	}

	/**
	 * Returns the format with a label, in upper or lower case.
	 * @param label the label
	 * @return the format, or empty if there is none
	 */
	public static Optional<ReportFormat> find(String label) {
		return Stream.of(values()).filter((format) -> format.label().equalsIgnoreCase(label)).findFirst();
	}

	/**
	 * Returns the name of the format in properties and options.
	 * @return the label
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
