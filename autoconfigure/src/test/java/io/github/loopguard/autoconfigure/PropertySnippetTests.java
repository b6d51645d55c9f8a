package io.github.loopguard.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.github.loopguard.autoconfigure.bridge.BridgeProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every property in a YAML block of the documentation exists, and the values of lanes can
 * be bound.
 */
class PropertySnippetTests {

	private static final Path ROOT = Path.of("..");

	/**
	 * Its YAML is a workflow of GitHub.
	 */
	private static final Path WORKFLOW = Path.of("reports.md");

	/**
	 * YAML of other programs, such as Kubernetes, is marked as yml.
	 */
	private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	private final List<Pattern> known = knownProperties();

	PropertySnippetTests() throws IOException {
	}

	@Test
	void everyPropertyExists() throws IOException {
		List<String> unknown = new ArrayList<>();
		int blocks = 0;
		for (Path page : pages()) {
			for (String block : blocks(page)) {
				blocks++;
				properties(block).keySet()
					.stream()
					.filter((name) -> !isKnown(name))
					.forEach((name) -> unknown.add(page + ": " + name));
			}
		}
		assertThat(unknown).isEmpty();
		assertThat(blocks).isGreaterThan(8);
	}

	@Test
	void theValuesOfLanesCanBeBound() throws IOException {
		int lanes = 0;
		for (Path page : pages()) {
			for (String block : blocks(page)) {
				lanes += bind(block).getLanes().size();
			}
		}
		assertThat(lanes).isGreaterThan(3);
	}

	@Test
	void aMisspeltPropertyIsFound() throws IOException {
		assertThat(properties("loopguard.bridge.lanes.reports.treads: 4").keySet()).noneMatch(this::isKnown);
		assertThat(properties("loopguard.bridge.virtual-thread: true").keySet()).noneMatch(this::isKnown);
		assertThat(properties("management.metrics.distribution.percentile-histogram.x: true").keySet())
			.noneMatch(this::isKnown);
	}

	private static BridgeProperties bind(String block) throws IOException {
		return new Binder(new MapConfigurationPropertySource(properties(block))).bindOrCreate("loopguard.bridge",
				BridgeProperties.class);
	}

	private boolean isKnown(String property) {
		String name = property.replaceAll("\\[(\\d+)]", "").replace('[', '.').replace("]", "").replace("..", ".");
		return this.known.stream().anyMatch((pattern) -> pattern.matcher(name).matches());
	}

	/**
	 * Returns the properties that the metadata on the class path knows. What it knows
	 * only as the type of a map's values is described for our own maps.
	 */
	private static List<Pattern> knownProperties() throws IOException {
		List<Pattern> known = new ArrayList<>();
		for (URL url : Collections.list(PropertySnippetTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream metadata = url.openStream()) {
				List<?> properties = (List<?>) new JsonMapper().readValue(metadata, Map.class).get("properties");
				properties.forEach((property) -> add(known, (Map<?, ?>) property));
			}
		}
		new ConfigurationPage().describedNamesInMaps()
			.forEach((name) -> known.add(Pattern.compile(name.replace(".", "\\.").replaceAll("<[^>]+>", "[^.]+"))));
		return known;
	}

	private static void add(List<Pattern> known, Map<?, ?> property) {
		String name = String.valueOf(property.get("name"));
		String type = String.valueOf(property.get("type"));
		if (!type.startsWith("java.util.Map<")) {
			known.add(Pattern.compile(Pattern.quote(name)));
		}
		else if (type.endsWith(",java.time.Duration>")) {
			known.add(Pattern.compile(Pattern.quote(name + ".") + "[^.]+"));
		}
		else if (!name.startsWith("loopguard.")) {
			known.add(Pattern.compile(Pattern.quote(name + ".") + ".+"));
		}
	}

	private static List<Path> pages() throws IOException {
		List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			docs.filter((page) -> page.toString().endsWith(".md") && !page.endsWith(WORKFLOW))
				.sorted()
				.forEach(pages::add);
		}
		return pages;
	}

	private static List<String> blocks(Path page) throws IOException {
		return BLOCK.matcher(Files.readString(page)).results().map((MatchResult block) -> block.group(1)).toList();
	}

	private static Map<String, Object> properties(String block) throws IOException {
		Map<String, Object> properties = new LinkedHashMap<>();
		ByteArrayResource yaml = new ByteArrayResource(block.getBytes(StandardCharsets.UTF_8));
		new YamlPropertySourceLoader().load("page", yaml).forEach((source) -> {
			EnumerablePropertySource<?> values = (EnumerablePropertySource<?>) source;
			for (String name : values.getPropertyNames()) {
				properties.put(name, values.getProperty(name));
			}
		});
		return properties;
	}

}
