package io.github.loopguard.autoconfigure.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.Violation;
import io.github.loopguard.Waited;

/**
 * Writes violations as described by schema 1, independently of the Jackson settings of
 * the application: all properties, including those that are {@code null}, except those
 * that are not in the schema, and resources if none are known.
 */
final class ViolationSerializer extends ValueSerializer<Violation> {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.addMixIn(Violation.class, SchemaOne.class)
		.addMixIn(Waited.class, WithoutUnknown.class)
		.build();

	@Override
	public void serialize(Violation violation, JsonGenerator generator, SerializationContext context) {
		MAPPER.writeValue(generator, violation);
	}

	@JsonIgnoreProperties({ "prevented", "formerKeys" })
	private interface SchemaOne {

		@JsonInclude(JsonInclude.Include.NON_EMPTY)
		List<String> resources();

	}

	/**
	 * What came to the schema later is left out as long as it is unknown.
	 */
	private interface WithoutUnknown {

		@JsonInclude(JsonInclude.Include.NON_NULL)
		@Nullable Long requests();

		@JsonInclude(JsonInclude.Include.NON_NULL)
		@Nullable Boolean estimated();

		@JsonInclude(JsonInclude.Include.NON_EMPTY)
		List<Waited.Route> routes();

		@JsonInclude(JsonInclude.Include.NON_NULL)
		@Nullable String traceId();

		@JsonInclude(JsonInclude.Include.NON_NULL)
		@Nullable Duration total();

		@JsonInclude(JsonInclude.Include.NON_EMPTY)
		Map<String, Long> timeouts();

	}

}
