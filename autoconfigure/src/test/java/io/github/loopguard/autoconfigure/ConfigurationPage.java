package io.github.loopguard.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table of properties in {@code docs/configuration.md}, made from the metadata that
 * IDEs read.
 */
final class ConfigurationPage {

	static final String BEGIN = "<!-- properties: generated, see CONTRIBUTING.md -->\n";

	static final String END = "<!-- end of the properties -->\n";

	private static final String MAP = "java.util.Map<java.lang.String,";

	private final Properties mapProperties = new Properties();

	ConfigurationPage() throws IOException {
		try (Reader reader = new InputStreamReader(resource("/map-properties.properties"), StandardCharsets.UTF_8)) {
			this.mapProperties.load(reader);
		}
	}

	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> metadata(String part) throws IOException {
		try (InputStream metadata = resource("/META-INF/spring-configuration-metadata.json")) {
			return (List<Map<String, Object>>) new JsonMapper().readValue(metadata, Map.class).get(part);
		}
	}

	/**
	 * Returns the page with the table that the metadata gives.
	 */
	String regenerate(String page) throws IOException {
		int begin = page.indexOf(BEGIN) + BEGIN.length();
		return page.substring(0, begin) + table() + page.substring(page.indexOf(END));
	}

	/**
	 * Returns the names that {@code map-properties.properties} has to describe: what the
	 * metadata knows only as the type of a map's values.
	 */
	List<String> namesInMaps() throws IOException {
		List<String> names = new ArrayList<>();
		for (Map<String, Object> property : metadata("properties")) {
			String type = String.valueOf(property.get("type"));
			if (isMapOfRecords(type)) {
				for (RecordComponent component : components(type)) {
					names.add(nameInMap(property, component));
				}
			}
		}
		return names;
	}

	List<String> describedNamesInMaps() {
		return this.mapProperties.stringPropertyNames().stream().toList();
	}

	private String table() throws IOException {
		StringBuilder table = new StringBuilder("| property | default | meaning |\n|---|---|---|\n");
		for (Map<String, Object> property : metadata("properties")) {
			String type = String.valueOf(property.get("type"));
			if (!isMapOfRecords(type)) {
				append(table, property.get("name") + (type.startsWith(MAP) ? ".<group>" : ""), defaultValue(property),
						String.valueOf(property.get("description")), type);
				continue;
			}
			for (RecordComponent component : components(type)) {
				String name = nameInMap(property, component);
				append(table, name, "", this.mapProperties.getProperty(name, ""), component.getType().getName());
			}
		}
		return table.toString();
	}

	private static void append(StringBuilder table, String name, String defaultValue, String description, String type) {
		table.append("| `").append(name).append("` | ").append(defaultValue).append(" | ").append(description);
		String values = values(type);
		if (!values.isEmpty()) {
			table.append(" One of ").append(values).append('.');
		}
		table.append(" |\n");
	}

	private static String defaultValue(Map<String, Object> property) {
		Object value = property.get("defaultValue");
		if (value instanceof List<?> values) {
			return "`" + values.stream().map(String::valueOf).collect(Collectors.joining(",")) + "`";
		}
		return (value != null) ? "`" + String.valueOf(value).replaceAll("^\\[|]$", "") + "`" : "";
	}

	private static String values(String type) {
		Class<?> resolved = type.contains("<") ? Object.class : resolve(type);
		return resolved.isEnum() ? Stream.of(resolved.getEnumConstants())
			.map((value) -> "`" + String.valueOf(value).toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.collect(Collectors.joining(", ")) : "";
	}

	private static String nameInMap(Map<String, Object> property, RecordComponent component) {
		return property.get("name") + ".<" + (String.valueOf(property.get("name")).endsWith("lanes") ? "name" : "id")
				+ ">." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	private static List<RecordComponent> components(String mapType) {
		return Arrays.asList(resolve(mapType.substring(MAP.length(), mapType.length() - 1)).getRecordComponents());
	}

	private static boolean isMapOfRecords(String type) {
		return type.startsWith(MAP) && resolve(type.substring(MAP.length(), type.length() - 1)).isRecord();
	}

	private static Class<?> resolve(String type) {
		return ClassUtils.resolveClassName(type, ConfigurationPage.class.getClassLoader());
	}

	private static InputStream resource(String name) throws IOException {
		InputStream resource = ConfigurationPage.class.getResourceAsStream(name);
		if (resource == null) {
			throw new IOException("There is no " + name);
		}
		return resource;
	}

}
