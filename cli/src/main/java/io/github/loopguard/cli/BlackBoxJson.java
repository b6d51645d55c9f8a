package io.github.loopguard.cli;

import java.io.PrintWriter;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.blackbox.BlackBoxFile;
import io.github.loopguard.blackbox.BlackBoxRecord;
import io.github.loopguard.blackbox.BlackBoxRecord.LoopSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StallSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.StoppedSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationSeen;
import io.github.loopguard.blackbox.BlackBoxRecord.ViolationsDropped;

/**
 * Writes a black box as JSON, one entry after the other.
 */
final class BlackBoxJson {

	private static final int SCHEMA = 1;

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.addMixIn(BlackBoxRecord.class, WithKind.class)
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
		.disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
		.build();

	private BlackBoxJson() {
	}

	static void write(BlackBoxFile file, PrintWriter out) {
		try (JsonGenerator json = MAPPER.createGenerator(out)) {
			json.writeStartObject();
			json.writeNumberProperty("schema", SCHEMA);
			json.writePOJOProperty("header", file.header());
			json.writePOJOProperty("alive", file.alive());
			json.writeArrayPropertyStart("entries");
			file.records().forEach(json::writePOJO);
			json.writeEndArray();
			json.writeEndObject();
		}
		out.println();
	}

	/**
	 * Names the kind of each entry.
	 */
	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(value = LoopSeen.class, name = "loop"),
			@JsonSubTypes.Type(value = StallSeen.class, name = "stall"),
			@JsonSubTypes.Type(value = ViolationSeen.class, name = "violation"),
			@JsonSubTypes.Type(value = StoppedSeen.class, name = "stopped"),
			@JsonSubTypes.Type(value = ViolationsDropped.class, name = "violations-dropped") })
	private interface WithKind {

	}

}
