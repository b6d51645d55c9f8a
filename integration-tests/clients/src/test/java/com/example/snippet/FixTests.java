package com.example.snippet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code that a fix proposes compiles, and calls what was called.
 */
class FixTests {

	private static final Pattern CODE = Pattern.compile("bridge\\.\\w+\\(");

	/** Whose every call has a fix of its own. */
	private static final Set<String> FILES = Set.of("java.nio.file.Files", "java.io.File", "java.io.RandomAccessFile",
			"java.io.FileDescriptor");

	private static final String GIVEN = """
			import java.io.*; import java.nio.*; import java.nio.channels.*; import java.nio.file.attribute.*;
			import java.util.jar.*; import java.util.zip.*;
			File file = null; File target = null; Path other = null; String mode = null; String prefix = null;
			String suffix = null; Object value = null; FileTime time = null; UserPrincipal owner = null; long millis = 0;
			Set<PosixFilePermission> permissions = null; FileVisitor<Path> visitor = null; RandomAccessFile random = null;
			int count = 0; long length = 0; InputStream in = null; OutputStream out = null; Properties properties = null;
			FileDescriptor descriptor = null; ProcessBuilder builder = null; String encoded = null;
			""";

	private static final String CHANNEL = """
			FileChannel channel = null; ByteBuffer buffer = null; long position = 0; long size = 0;
			WritableByteChannel target = null; ReadableByteChannel source = null; FileChannel.MapMode mode = null;
			""";

	private final Catalog catalog = Catalog.shipped();

	@Test
	void codeOfEveryHooksFixCompiles(@TempDir Path classes) {
		Set<String> codes = new LinkedHashSet<>();
		for (Hook hook : this.catalog.hooks()) {
			apis(hook).forEach((api) -> codes.addAll(code(this.catalog.fix(hook.rule(), null, null, api))));
		}
		List<Snippet> snippets = new ArrayList<>();
		codes.forEach((code) -> snippets.add(new Snippet(code, snippets.size(), given(code) + code + ";")));
		assertThat(snippets).hasSizeGreaterThan(100);
		assertThat(new SnippetCompiler().problems(snippets, classes)).isEmpty();
	}

	@Test
	void everyCallOfAFileIsFixedByTheSameCall() {
		assertThat(this.catalog.hooks()).filteredOn((hook) -> FILES.contains(hook.className()) && hook.named())
			.filteredOn(
					(hook) -> !Set.of("open", "seek", "newByteChannel", "normalizedList").contains(hook.methodName()))
			.filteredOn((hook) -> hook.rule().startsWith("file-"))
			.allSatisfy((hook) -> assertThat(this.catalog.fix(hook.rule(), null, null, hook.api())).as(hook.api())
				.contains(hook.methodName() + "("));
	}

	@ParameterizedTest
	@CsvSource({ "file-open, java.util.zip.ZipFile.<init>, new ZipFile(file)",
			"file-open, java.io.RandomAccessFile.<init>, 'new RandomAccessFile(file, mode)'",
			"file-write, java.nio.channels.FileChannel.force, channel.force(true)",
			"file-stat, java.io.File.exists, file.exists()", "file-change, java.io.File.mkdirs, file.mkdirs()" })
	void fixIsThatOfTheApi(String rule, String api, String code) {
		assertThat(this.catalog.fix(rule, null, null, api)).contains(code);
	}

	/**
	 * A hook may sit beneath the API that a violation names.
	 */
	private static Stream<String> apis(Hook hook) {
		return Stream.of(hook.api(), hook.api().replace("sun.nio.ch.FileChannelImpl", "java.nio.channels.FileChannel"),
				hook.className() + ".<init>", "java.util.zip.ZipFile.<init>", "java.util.jar.JarFile.<init>",
				"java.io.FileReader.<init>", "java.io.FileWriter.<init>", "java.util.Scanner.<init>");
	}

	private static String given(String code) {
		if (code.contains("try (")) {
			return GIVEN.replace("InputStream in = null; OutputStream out = null;", "")
					+ (code.contains("FileChannel") ? "ByteBuffer buffer = null; " : "");
		}
		return code.contains("channel.")
				? GIVEN.replace("File target = null;", "").replace("String mode = null;", "") + CHANNEL : GIVEN;
	}

	private static List<String> code(String fix) {
		List<String> codes = new ArrayList<>();
		Matcher matcher = CODE.matcher(fix);
		while (matcher.find()) {
			int open = 1;
			int end = matcher.end();
			while (open > 0) {
				char next = fix.charAt(end++);
				open += (next == '(') ? 1 : (next == ')') ? -1 : 0;
			}
			String code = fix.substring(matcher.start(), end);
			if (!code.contains("...")) {
				codes.add(code);
			}
		}
		return codes;
	}

}
