package com.example.snippet;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code that a fix proposes compiles, and calls what was called.
 */
@Tag("any-jdk")
class FixTests {

	private static final Path PAGE = Path.of("../../docs/blocking-operations.md");

	private static final Pattern CALL = Pattern.compile("(?<![\\w.@])[A-Za-z]\\w*(?:\\.\\w+)*\\(");

	private static final Pattern CHAINED = Pattern.compile("\\.\\w+\\(");

	private static final Pattern TYPE = Pattern.compile("(?<![\\w.@-])(?:[A-Z][a-z]+\\d?){2,}(?![\\w.-])");

	/** Names of products, and types of libraries that these tests do not have. */
	private static final Set<String> ELSEWHERE = Set.of("DatabaseClient", "ElasticsearchAsyncClient",
			"ReactiveElasticsearchClient", "OpenSearchAsyncClient", "AsyncConnection", "AsyncTable", "ApiFutures",
			"MinioAsyncClient", "AsyncCuratorFramework", "MqttAsyncClient", "ReactiveCassandraTemplate",
			"ReactiveSession");

	/** Calls of libraries that these tests do not have. */
	private static final Set<String> CALLED_ELSEWHERE = Set.of("redisson.reactive()", "cluster.reactive()",
			"driver.session(ReactiveSession.class)", "bridge.call(() -> validator.validate(bean))");

	/** What a fix without a call says instead: where, when, or which library. */
	private static final Pattern REASON = Pattern
		.compile("at start-up|on a thread of its own|remove the call|^use [A-Za-z]|^set springdoc|^receive with");

	/** Whose every call has a fix of its own. */
	private static final Set<String> FILES = Set.of("java.nio.file.Files", "java.io.File", "java.io.RandomAccessFile",
			"java.io.FileDescriptor");

	private static final String GIVEN = """
			import java.io.*; import java.nio.*; import java.nio.channels.*; import java.nio.file.attribute.*;
			import java.util.jar.*; import java.util.zip.*; import java.net.http.HttpResponse.BodyHandlers;
			import org.springframework.kafka.core.*; import org.springframework.data.redis.connection.lettuce.*;
			import jakarta.mail.Session;
			File file = null; File target = null; Path other = null; String mode = null; String prefix = null;
			String suffix = null; Object value = null; FileTime time = null; UserPrincipal owner = null; long millis = 0;
			Set<PosixFilePermission> permissions = null; FileVisitor<Path> visitor = null; RandomAccessFile random = null;
			int count = 0; long length = 0; InputStream in = null; OutputStream out = null; Properties properties = null;
			FileDescriptor descriptor = null; ProcessBuilder builder = null; String encoded = null;
			Process process = null; String glob = null; String sql = null; int port = 0; Mono<String> mono = null;
			String topic = null; java.time.Duration duration = null; java.security.SecureRandom secureRandom = null;
			java.net.http.HttpClient httpClient = null; java.net.http.HttpRequest request = null;
			KafkaTemplate<String, String> kafkaTemplate = null; LettuceConnectionFactory connectionFactory = null;
			java.net.Socket socket = null; AsynchronousFileChannel asynchronous = null; MappedByteBuffer mapped = null;
			UserPrincipalLookupService principals = null; String name = null; DatagramPacket packet = null;
			DatagramSocket datagrams = null; ThreadMXBean threads = null; WatchService watcher = null;
			WatchEvent.Kind<?>[] kinds = null;
			""";

	private static final String CHANNEL = """
			FileChannel channel = null; ByteBuffer buffer = null; long position = 0; long size = 0;
			WritableByteChannel target = null; ReadableByteChannel source = null; FileChannel.MapMode mode = null;
			""";

	private final Catalog catalog = Catalog.shipped();

	@Test
	void everyCallThatAFixNamesCompiles(@TempDir Path classes) throws IOException {
		Set<String> codes = new LinkedHashSet<>();
		fixes().forEach((fix) -> codes.addAll(code(fix)));
		codes.removeAll(CALLED_ELSEWHERE);
		List<Snippet> snippets = new ArrayList<>();
		codes.forEach((code) -> snippets.add(new Snippet(code, snippets.size(), given(code) + filled(code) + ";")));
		assertThat(snippets).hasSizeGreaterThan(150);
		assertThat(new SnippetCompiler().problems(snippets, classes)).isEmpty();
	}

	@Test
	void everyTypeThatAFixNamesExists() throws IOException {
		Set<String> types = new TreeSet<>();
		fixes().forEach((fix) -> TYPE.matcher(fix).results().forEach((type) -> types.add(type.group())));
		types.removeAll(ELSEWHERE);
		types.removeIf(FixTests::isOfTheJdk);
		assertThat(types).contains("WebClient", "ReactiveRedisTemplate").isSubsetOf(typesOfTheClassPath());
	}

	@Test
	void fixWithoutACallSaysWhy() throws IOException {
		assertThat(fixes()).filteredOn((fix) -> code(fix).isEmpty()).hasSizeLessThan(50).allMatch(REASON.asPredicate());
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
				hook.api()
					.replace("sun.nio.ch.SimpleAsynchronousFileChannelImpl",
							"java.nio.channels.AsynchronousFileChannel"),
				hook.api().replace("java.nio.MappedMemoryUtils", "java.nio.MappedByteBuffer"),
				hook.api().replace("sun.nio.fs.UnixPath", "java.nio.file.Path"),
				"java.nio.file.attribute.UserPrincipalLookupService.lookupPrincipalByName",
				"java.nio.file.attribute.UserPrincipalLookupService.lookupPrincipalByGroupName",
				"java.net.Socket.close", hook.className() + ".<init>", "java.util.zip.ZipFile.<init>",
				"java.util.jar.JarFile.<init>", "java.io.FileReader.<init>", "java.io.FileWriter.<init>",
				"java.util.Scanner.<init>");
	}

	/**
	 * Returns the fixes of all rules, hooks and libraries.
	 */
	private Set<String> fixes() throws IOException {
		Set<String> fixes = new LinkedHashSet<>();
		this.catalog.rules().forEach((rule) -> fixes.add(rule.fix()));
		this.catalog.hooks()
			.forEach((hook) -> apis(hook).forEach((api) -> fixes.add(this.catalog.fix(hook.rule(), null, null, api))));
		Files.readAllLines(PAGE)
			.stream()
			.dropWhile((line) -> !line.equals("| library | instead |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("| "))
			.forEach((line) -> fixes.add(line.split(" \\| ")[1].replaceFirst(" \\|$", "")));
		return fixes;
	}

	private static boolean isOfTheJdk(String type) {
		return Stream.of("java.io", "java.util", "java.nio.file", "java.nio.channels", "java.util.jar", "java.util.zip")
			.anyMatch((name) -> ClassUtils.isPresent(name + "." + type, null));
	}

	private static Set<String> typesOfTheClassPath() throws IOException {
		Set<String> types = new HashSet<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (entry.endsWith(".jar")) {
				try (JarFile jar = new JarFile(entry)) {
					jar.stream()
						.map((file) -> file.getName().replaceFirst(".*/", "").replaceFirst("\\.class$", ""))
						.forEach(types::add);
				}
			}
		}
		return types;
	}

	private static String given(String code) {
		if (code.startsWith("connection.reactive") || code.startsWith("connection.sync")) {
			return "io.lettuce.core.api.StatefulRedisConnection<String, String> connection = null; ";
		}
		if (code.contains("callback")) {
			return code.startsWith("call.") ? "okhttp3.Call call = null; okhttp3.Callback callback = null; "
					: "org.apache.kafka.clients.producer.Callback callback = null; ";
		}
		if (code.contains("try (")) {
			return GIVEN.replace("InputStream in = null; OutputStream out = null;", "")
					+ (code.contains("FileChannel") ? "ByteBuffer buffer = null; " : "");
		}
		return code.contains("channel.")
				? GIVEN.replace("File target = null;", "").replace("String mode = null;", "") + CHANNEL : GIVEN;
	}

	/**
	 * Puts a call in the place of what a fix leaves open.
	 */
	private static String filled(String code) {
		return code.replace("(...)", "(() -> library.blockingCall())");
	}

	private static List<String> code(String fix) {
		List<String> codes = new ArrayList<>();
		Matcher matcher = CALL.matcher(fix);
		int end = 0;
		while (matcher.find(end)) {
			end = closing(fix, matcher.end());
			Matcher chained = CHAINED.matcher(fix);
			while (chained.find(end) && chained.start() == end) {
				end = closing(fix, chained.end());
			}
			codes.add(fix.substring(matcher.start(), end));
		}
		return codes;
	}

	private static int closing(String fix, int start) {
		int open = 1;
		int end = start;
		while (open > 0) {
			char next = fix.charAt(end++);
			open += (next == '(') ? 1 : (next == ')') ? -1 : 0;
		}
		return end;
	}

}
