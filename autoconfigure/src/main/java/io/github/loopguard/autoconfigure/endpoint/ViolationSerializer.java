package io.github.loopguard.autoconfigure.endpoint;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.Violation;
import io.github.loopguard.Waited;
import io.github.loopguard.report.ReportJson;

/**
 * Writes violations as described by schema 1, independently of the Jackson settings of
 * the application: all properties, including those that are {@code null}, except those
 * that are not in the schema, and resources if none are known.
 */
final class ViolationSerializer extends ValueSerializer<Violation> {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.addMixIn(Violation.class, SchemaOne.class)
		.addMixIn(Waited.class, ReportJson.WithoutUnknown.class)
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

}
