package io.github.loopguard.catalog;

import java.util.List;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * Rules for directories. The results of the lazy APIs block again while they are
 * consumed, which counts as part of the call that opened them.
 */
final class DirectoryRules {

	private static final String FILES = "java.nio.file.Files";

	private static final String UNIX_CALLS = "sun.nio.fs.UnixNativeDispatcher";

	private DirectoryRules() {
	}

	static List<RuleDefinition> definitions() {
		return List.of(list(), scan(), glob(), walk());
	}

	private static RuleDefinition list() {
		return rule("directory-list", "Listing a directory").documentedAs("listdir")
			.fix("bridge.call(() -> { try (Stream<Path> s = Files.list(dir)) { return s.toList(); } })")
			.throwSafeEntry("java.io.File", "list", "listFiles")
			.throwSafeEntry(FILES, "list")
			.lazy()
			.throwSafeLeaf("java.io.File", "normalizedList")
			.build();
	}

	private static RuleDefinition scan() {
		return rule("directory-scan", "Scanning a directory").documentedAs("scandir")
			.fix("open, iterate and close it together: bridge.call(() -> { List<Path> all = new ArrayList<>(); "
					+ "try (DirectoryStream<Path> s = Files.newDirectoryStream(dir)) { s.forEach(all::add); } return all; })")
			.throwSafeEntry(FILES, "newDirectoryStream")
			.descriptor("(Ljava/nio/file/Path;)Ljava/nio/file/DirectoryStream;")
			.lazy()
			.throwSafeEntry(FILES, "newDirectoryStream")
			.descriptor("(Ljava/nio/file/Path;Ljava/nio/file/DirectoryStream$Filter;)Ljava/nio/file/DirectoryStream;")
			.lazy()
			.throwSafeLeaf(UNIX_CALLS, "opendir")
			.onUnix()
			.leaf("sun.nio.fs.UnixDirectoryStream$UnixDirectoryIterator", "readNextEntry")
			.onUnix()
			.leaf("sun.nio.fs.WindowsNativeDispatcher", "FindFirstFile", "FindNextFile")
			.onWindows()
			.build();
	}

	private static RuleDefinition glob() {
		return rule("directory-glob", "Matching the names in a directory").documentedAs("glob", "iglob")
			.fix("open, iterate and close it together: bridge.call(() -> { List<Path> all = new ArrayList<>(); "
					+ "try (DirectoryStream<Path> s = Files.newDirectoryStream(dir, glob)) { s.forEach(all::add); } return all; })")
			.throwSafeEntry(FILES, "newDirectoryStream")
			.descriptor("(Ljava/nio/file/Path;Ljava/lang/String;)Ljava/nio/file/DirectoryStream;")
			.lazy()
			.libraryEntry("org.springframework.core.io.support.PathMatchingResourcePatternResolver", "getResources")
			.build();
	}

	private static RuleDefinition walk() {
		return rule("directory-walk", "Walking a directory tree").documentedAs("walk")
			.fix("bridge.call(() -> { try (Stream<Path> s = Files.walk(dir)) { return s.toList(); } })")
			.throwSafeEntry(FILES, "walk", "find")
			.lazy()
			.throwSafeEntry(FILES, "walkFileTree")
			.entry("java.nio.file.FileTreeIterator", "hasNext", "next")
			.step()
			.build();
	}

}
