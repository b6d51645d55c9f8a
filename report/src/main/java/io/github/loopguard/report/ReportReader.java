package io.github.loopguard.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.InvalidNullException;

import io.github.loopguard.report.file.ProblemText;

/**
 * Reads a file that anybody may have written. What is wrong with it is told in one line:
 * the file, the place and the problem.
 */
final class ReportReader {

	private final Path file;

	private ReportReader(Path file) {
		this.file = file;
	}

	static Report report(Path file) {
		ReportReader reader = new ReportReader(file);
		Report report = reader.read(Report.class);
		reader.requireSchema(report.schema());
		new ReportCheck(file, "").check(report);
		return report;
	}

	static JvmReport jvmReport(Path file) {
		ReportReader reader = new ReportReader(file);
		JvmReport jvmReport = reader.read(JvmReport.class);
		reader.requireSchema(jvmReport.schema());
		jvmReport.classes()
			.forEach((testClass, report) -> new ReportCheck(file, "classes[" + testClass + "].").check(report));
		return jvmReport;
	}

	@SuppressWarnings("ConstantConditions")
	private <T> T read(Class<T> type) {
		try (InputStream in = open()) {
			T value = ReportJson.MAPPER.readerFor(type)
				.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
				.readValue(in);
			if (value == null) {
				throw foreign(null);
			}
			return value;
		}
		catch (NoSuchFileException ex) {
			throw new UnreadableReportException(this.file + " does not exist", ex);
		}
		catch (IOException ex) {
			throw new UnreadableReportException(this.file + " cannot be read: " + ex, ex);
		}
		catch (JacksonIOException ex) {
			throw new UnreadableReportException(this.file + " cannot be read: " + ex.getOriginalMessage(), ex);
		}
		catch (StreamReadException ex) {
			throw new UnreadableReportException(this.file + line(ex) + " is no JSON: " + ex.getOriginalMessage(), ex);
		}
		catch (JacksonException ex) {
			throw incomplete(ex);
		}
		catch (OutOfMemoryError ex) {
			throw new UnreadableReportException(
					this.file + " needs more memory than the " + ProblemText.megabytes(Runtime.getRuntime().maxMemory())
							+ " that this JVM may use; give it more with -Xmx",
					ex);
		}
	}

	private InputStream open() throws IOException {
		if (Files.isDirectory(this.file)) {
			throw new UnreadableReportException(this.file + " is a directory. Name a report.json");
		}
		if (Files.isRegularFile(this.file) && Files.size(this.file) > ReportJson.LARGEST) {
			throw new UnreadableReportException(this.file + " has " + ProblemText.megabytes(Files.size(this.file))
					+ ", and the limit is " + ProblemText.megabytes(ReportJson.LARGEST));
		}
		return Files.newInputStream(this.file);
	}

	private UnreadableReportException incomplete(JacksonException ex) {
		Integer schema = schema();
		if (schema == null) {
			return foreign(ex);
		}
		requireSchema(schema);
		return new UnreadableReportException(
				this.file + line(ex) + " is not a complete report: " + place(ex) + problem(ex), ex);
	}

	private UnreadableReportException foreign(@Nullable Exception cause) {
		return new UnreadableReportException(
				this.file + " is no report of Loopguard: it has no schema. Name a report.json", cause);
	}

	private void requireSchema(int schema) {
		if (schema != Report.SCHEMA) {
			throw new UnreadableReportException(this.file + " has schema " + schema + ", and this version of "
					+ "Loopguard reads schema " + Report.SCHEMA + ". Use one version to write and to read it");
		}
	}

	/**
	 * Returns the schema of a file whose members are not those of a report.
	 */
	private @Nullable Integer schema() {
		try (InputStream in = Files.newInputStream(this.file); JsonParser parser = ReportJson.MAPPER.createParser(in)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return null;
			}
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				boolean isSchema = parser.currentName().equals("schema");
				if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && isSchema) {
					return parser.getIntValue();
				}
				parser.skipChildren();
			}
			return null;
		}
		catch (IOException | JacksonException ex) {
			return null;
		}
	}

	private static String problem(JacksonException ex) {
		return (ex instanceof InvalidNullException) ? "is missing or null" : ex.getOriginalMessage();
	}

	private static String line(JacksonException ex) {
		return (ex.getLocation() != null && ex.getLocation().getLineNr() > 0) ? ":" + ex.getLocation().getLineNr() : "";
	}

	private static String place(JacksonException ex) {
		StringBuilder place = new StringBuilder();
		List<JacksonException.Reference> path = ex.getPath();
		for (JacksonException.Reference step : path) {
			if (step.getPropertyName() == null) {
				place.append('[').append(step.getIndex()).append(']');
			}
			else {
				place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
			}
		}
		return place.isEmpty() ? "" : place.append(": ").toString();
	}

}
