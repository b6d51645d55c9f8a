package io.github.loopguard.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.Waited;
import io.github.loopguard.report.file.NullMarkedRecords;

/**
 * Reads and writes reports as JSON.
 *
 * @since 0.1
 */
public final class ReportJson {

	/**
	 * Largest file that is read.
	 */
	static final long LARGEST = 256L << 20;

	private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
		.maxDocumentLength(LARGEST)
		.maxNestingDepth(32)
		.maxStringLength(1 << 20)
		.maxNameLength(1 << 16)
		.build();

	static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(LIMITS)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build())
		.annotationIntrospector(new NullMarkedRecords())
		.addMixIn(Violation.class, WithParts.class)
		.addMixIn(Waited.class, WithoutUnknown.class)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
		.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.withCoercionConfigDefaults((coercions) -> Stream
			.of(CoercionInputShape.EmptyString, CoercionInputShape.Integer, CoercionInputShape.Float,
					CoercionInputShape.Boolean)
			.forEach((shape) -> coercions.setCoercion(shape, CoercionAction.Fail)))
		.changeDefaultNullHandling((handling) -> JsonSetter.Value.forContentNulls(Nulls.FAIL))
		.build();

	static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();

	private ReportJson() {
	}

	/**
	 * Reads a report.
	 * @param file its file
	 * @return the report
	 * @throws UnreadableReportException if the file is not a report that can be read
	 */
	public static Report read(Path file) {
		return ReportReader.report(file);
	}

	/**
	 * Formats a report.
	 * @param report the report
	 * @return its JSON
	 */
	public static String write(Report report) {
		return PRETTY.writeValueAsString(report) + "\n";
	}

	static void write(Report report, OutputStream out) throws IOException {
		write(PRETTY, report, out);
		out.write('\n');
	}

	/**
	 * Writes piece by piece, and leaves it to the caller to end and close the file.
	 */
	static void write(ObjectWriter writer, Object value, OutputStream out) throws IOException {
		try {
			writer.without(StreamWriteFeature.AUTO_CLOSE_TARGET).writeValue(out, value);
		}
		catch (JacksonIOException ex) {
			throw ex.getCause();
		}
	}

	/**
	 * Few violations have former keys or known resources.
	 */
	private interface WithParts {

		@JsonInclude(JsonInclude.Include.NON_EMPTY)
		@JsonSetter(nulls = Nulls.AS_EMPTY)
		List<ViolationKey> formerKeys();

		@JsonInclude(JsonInclude.Include.NON_EMPTY)
		@JsonSetter(nulls = Nulls.AS_EMPTY)
		List<String> resources();

	}

	/**
	 * Leaves out of {@link Waited} what is unknown beside the number of tasks: it came to
	 * the schema later.
	 */
	public interface WithoutUnknown {

		@JsonInclude(JsonInclude.Include.NON_NULL)
		@Nullable Long requests();

		@JsonInclude(JsonInclude.Include.NON_NULL)
		@Nullable Boolean estimated();

		@JsonInclude(JsonInclude.Include.NON_EMPTY)
		@JsonSetter(nulls = Nulls.AS_EMPTY)
		List<Waited.Route> routes();

		@JsonInclude(JsonInclude.Include.NON_NULL)
		@Nullable String traceId();

		@JsonInclude(JsonInclude.Include.NON_NULL)
		@Nullable Duration total();

		@JsonInclude(JsonInclude.Include.NON_EMPTY)
		@JsonSetter(nulls = Nulls.AS_EMPTY)
		Map<String, Long> timeouts();

	}

}
