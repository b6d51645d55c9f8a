package com.example.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every jar that is published tells the module path its name.
 */
class ModuleNameBuildTests {

	private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

	@Test
	void everyPublishedJarHasAModuleNameOfItsOwn() {
		List<String> names = publishedModules().stream().map(ModuleNameBuildTests::moduleName).toList();
		assertThat(names).hasSizeGreaterThanOrEqualTo(7)
			.doesNotHaveDuplicates()
			.allMatch((name) -> name.matches("io\\.github\\.loopguard(\\.[a-z]+)+"));
	}

	@Test
	void everyOtherModuleNamesItsJarToo() {
		assertThat(modules()).filteredOn((module) -> !pom(module).contains("<packaging>pom</packaging>"))
			.isNotEmpty()
			.allMatch((module) -> pom(module).contains("<automatic.module.name>io.github.loopguard."));
	}

	private static List<String> publishedModules() {
		return modules().stream()
			.filter((module) -> !pom(module).contains("<maven.deploy.skip>true</maven.deploy.skip>"))
			.filter((module) -> !pom(module).contains("<packaging>pom</packaging>"))
			.toList();
	}

	private static List<String> modules() {
		return find("<module>(.*)</module>", pom("."));
	}

	private static String moduleName(String module) {
		String artifact = find("<artifactId>(.*)</artifactId>\\s*<(?:packaging|name)>", pom(module)).get(0);
		Path jar = ROOT.resolve(module)
			.resolve("target")
			.resolve(artifact + "-" + System.getProperty("build.version") + ".jar");
		try (JarFile file = new JarFile(jar.toFile())) {
			return String.valueOf(file.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(jar + " is not built before this module: make it a dependency", ex);
		}
	}

	private static String pom(String module) {
		try {
			return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> find(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
	}

}
