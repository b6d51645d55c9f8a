package io.github.loopguard.report;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Finds the source files of classes in the modules on a class path. Paths are relative to
 * the root of the repository.
 *
 * @since 0.1
 */
public final class SourceFinder {

	private static final List<String> SOURCES = List.of("src/main/java", "src/main/kotlin", "src/test/java",
			"src/test/kotlin", "src/integrationTest/java", "src/integrationTest/kotlin", "src/testFixtures/java");

	private static final Set<String> OUTPUTS = Set.of("target", "build", "out", "bin");

	private static final List<String> ROOT_MARKS = List.of(".git", ".hg", ".svn");

	private static final Pattern FILE_NAME = Pattern.compile("[^<>:\"/\\\\|?*\\p{Cntrl}]+\\.[a-z]+");

	private static final int DEEPEST = 12;

	private final Path module;

	private final Path root;

	private final List<Path> sources;

	private final Map<String, Optional<String>> found = new HashMap<>();

	private SourceFinder(Path module, Path root, List<Path> sources) {
		this.module = module;
		this.root = root;
		this.sources = sources;
	}

	/**
	 * Creates a finder for the sources of a module and of other modules in its repository
	 * that are on the class path.
	 * @param module directory of the module
	 * @param classPath value of the system property {@code java.class.path}
	 * @return a finder
	 */
	public static SourceFinder of(Path module, String classPath) {
		Path directory = module.toAbsolutePath().normalize();
		Path root = rootOf(directory);
		Set<Path> modules = new LinkedHashSet<>(List.of(directory));
		for (String entry : classPath.split(File.pathSeparator)) {
			Path path = Path.of(entry).toAbsolutePath().normalize();
			if (!entry.isEmpty() && path.startsWith(root)) {
				moduleOf(path, root).ifPresent(modules::add);
			}
		}
		List<Path> sources = modules.stream()
			.flatMap((it) -> SOURCES.stream().map(it::resolve))
			.filter(Files::isDirectory)
			.toList();
		return new SourceFinder(directory, root, sources);
	}

	/**
	 * Returns the path of the module.
	 * @return path from the root of the repository, empty for the root itself
	 */
	public String module() {
		return relative(this.module);
	}

	/**
	 * Returns the source file of a class.
	 * @param className binary name of the class
	 * @param fileName name of its file, or {@code null} if unknown
	 * @return path from the root of the repository, or {@code null} if there is none
	 */
	public @Nullable String find(String className, @Nullable String fileName) {
		return this.found.computeIfAbsent(className, (key) -> look(key, fileName)).orElse(null);
	}

	private Optional<String> look(String className, @Nullable String fileName) {
		int dot = className.lastIndexOf('.');
		String packageName = (dot < 0) ? "" : className.substring(0, dot);
		for (String name : (fileName != null) ? List.of(fileName) : fileNames(className.substring(dot + 1))) {
			if (!isFileName(name)) {
				continue;
			}
			for (Path directory : this.sources) {
				Path file = directory.resolve(packageName.replace('.', '/')).resolve(name);
				if (Files.isRegularFile(file)) {
					return Optional.of(relative(file));
				}
			}
			Optional<Path> elsewhere = name.endsWith(".kt") ? elsewhere(name, packageName) : Optional.empty();
			if (elsewhere.isPresent()) {
				return elsewhere.map(this::relative);
			}
		}
		return Optional.empty();
	}

	/**
	 * Returns a Kotlin file, whose directory need not match its package.
	 */
	private Optional<Path> elsewhere(String name, String packageName) {
		if (this.sources.isEmpty() || !isOurs(packageName)) {
			return Optional.empty();
		}
		List<Path> matching = new ArrayList<>();
		for (Path directory : this.sources) {
			if (directory.endsWith("kotlin")) {
				try (Stream<Path> files = Files.find(directory, DEEPEST, (file, attributes) -> file.endsWith(name))) {
					files.filter((file) -> isInPackage(file, packageName)).forEach(matching::add);
				}
				catch (IOException ex) {
					return Optional.empty();
				}
			}
		}
		return (matching.size() == 1) ? Optional.of(matching.get(0)) : Optional.empty();
	}

	private static boolean isOurs(String packageName) {
		return Stream.of("java.", "kotlin.", "kotlinx.", "reactor.", "org.springframework.", "io.netty.")
			.noneMatch(packageName::startsWith);
	}

	private static boolean isInPackage(Path file, String packageName) {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.map(String::strip)
				.anyMatch(
						(line) -> line.equals("package " + packageName) || line.equals("package " + packageName + ";"));
		}
		catch (IOException | UncheckedIOException ex) {
			return false;
		}
	}

	private static boolean isFileName(String name) {
		return FILE_NAME.matcher(name).matches();
	}

	private static List<String> fileNames(String simpleName) {
		int dollar = simpleName.indexOf('$');
		String top = (dollar > 0) ? simpleName.substring(0, dollar) : simpleName;
		return List.of(top + ".java", top + ".kt");
	}

	private static Optional<Path> moduleOf(Path entry, Path root) {
		for (Path current = entry; current != null && !current.equals(root); current = current.getParent()) {
			if (OUTPUTS.contains(current.getFileName().toString())) {
				return Optional.ofNullable(current.getParent());
			}
		}
		return Optional.empty();
	}

	private static Path rootOf(Path module) {
		for (Path current = module; current != null; current = current.getParent()) {
			Path directory = current;
			if (ROOT_MARKS.stream().anyMatch((mark) -> Files.exists(directory.resolve(mark)))) {
				return current;
			}
		}
		return module;
	}

	private String relative(Path path) {
		return this.root.relativize(path).toString().replace(File.separatorChar, '/');
	}

}
