package com.example.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.example.build.Workspace.Result;

/**
 * A copy of a Maven project.
 *
 * @param workspace where it is
 * @param repository where its dependencies come from
 */
record Project(Workspace workspace, LocalRepository repository) {

	/**
	 * Copies another project, with what was built there.
	 */
	static Project copy(Path source, Path target, LocalRepository repository) throws IOException {
		return new Project(new Workspace(target).with(source), repository);
	}

	/**
	 * Compiles and tests.
	 */
	Result test(String... arguments) throws IOException, InterruptedException {
		return run("test", Map.of(), arguments);
	}

	/**
	 * Tests what has been compiled already.
	 */
	Result retest(String... arguments) throws IOException, InterruptedException {
		return retest(Map.of(), arguments);
	}

	Result retest(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
		return run("org.apache.maven.plugins:maven-surefire-plugin:" + System.getProperty("build.surefire.version")
				+ ":test", environment, arguments);
	}

	private Result run(String goal, Map<String, String> environment, String... arguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("build.maven.home"), "bin", "mvn").toString());
		command.addAll(List.of("-B", "-ntp", "-s", this.repository.settings().toString(),
				"-Dmaven.repo.local=" + this.repository.path(), "-Dstyle.color=never"));
		command.add("-Dloopguard.version=" + System.getProperty("build.version"));
		for (String name : List.of("spring-boot", "surefire", "compiler", "resources")) {
			command.add("-D" + name + ".version=" + System.getProperty("build." + name + ".version"));
		}
		command.addAll(List.of(arguments));
		command.add(goal);
		return this.workspace.run(command, environment);
	}

	Path baseline() {
		return this.workspace.directory().resolve("loopguard-baseline.json");
	}

	void edit(String file, String text, String replacement) {
		this.workspace.edit(file, text, replacement);
	}

}
