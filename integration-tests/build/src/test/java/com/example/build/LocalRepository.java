package com.example.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A local Maven repository with the artifacts that this build has just made. Everything
 * else is copied into it from the developer's, which stays as it is, by way of a mirror.
 *
 * @param path where it is
 * @param settings Maven's settings that name the mirror
 */
record LocalRepository(Path path, Path settings) {

	private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

	private static final String VERSION = System.getProperty("build.version");

	static LocalRepository create(Path target) throws IOException {
		Path repository = target.resolve("repository");
		install(repository, "loopguard-parent", ROOT);
		install(repository, "loopguard-bridge", ROOT.resolve("bridge"));
		install(repository, "loopguard-core", ROOT.resolve("core"));
		install(repository, "loopguard-report", ROOT.resolve("report"));
		install(repository, "loopguard-spring-boot-autoconfigure", ROOT.resolve("autoconfigure"));
		install(repository, "loopguard-spring-boot-test", ROOT.resolve("test"));
		Path developers = Path.of(System.getProperty("maven.repo.local", System.getProperty("build.repository")));
		Path settings = Files.writeString(target.resolve("settings.xml"), """
				<settings>
					<mirrors>
						<mirror>
							<id>developers</id>
							<mirrorOf>*</mirrorOf>
							<url>%s</url>
						</mirror>
					</mirrors>
				</settings>
				""".formatted(developers.toUri()));
		return new LocalRepository(repository, settings);
	}

	private static void install(Path repository, String artifact, Path module) throws IOException {
		Path directory = Files
			.createDirectories(repository.resolve("io/github/loopguard").resolve(artifact).resolve(VERSION));
		String name = artifact + "-" + VERSION;
		Files.copy(module.resolve("pom.xml"), directory.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
		Path jar = module.resolve("target").resolve(name + ".jar");
		if (!module.equals(ROOT)) {
			Files.copy(jar, directory.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
		}
	}

}
