package com.example.attribution;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A body whose serializer sleeps when Jackson calls it.
 */
@JsonSerialize(using = Report.SleepingSerializer.class)
record Report(String title) {

	static class SleepingSerializer extends ValueSerializer<Report> {

		@Override
		public void serialize(Report report, JsonGenerator generator, SerializationContext context) {
			try {
				Thread.sleep(2);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			generator.writeString(report.title());
		}

	}

}
