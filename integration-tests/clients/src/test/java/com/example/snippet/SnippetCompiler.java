package com.example.snippet;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;

/**
 * Compiles snippets as what they look like: a file, members of a class, or statements.
 * Names that a page leaves to its reader come from {@link Given}.
 */
final class SnippetCompiler {

	private static final String IMPORTS = Stream
		.of("java.io", "java.lang.annotation", "java.lang.management", "java.net", "java.nio.file", "java.security",
				"java.sql", "java.time", "java.util", "java.util.concurrent", "java.util.stream", "javax.net.ssl",
				"javax.sql", "com.zaxxer.hikari", "org.apache.kafka.clients.consumer", "org.junit.jupiter.api",
				"org.springframework.beans.factory.annotation", "org.springframework.context.annotation",
				"org.springframework.core.task.support", "org.springframework.http", "org.springframework.jdbc.support",
				"org.springframework.kafka.annotation", "org.springframework.transaction",
				"org.springframework.web.bind.annotation", "org.springframework.web.reactive.config",
				"org.springframework.web.server", "io.github.loopguard", "io.github.loopguard.bridge",
				"io.github.loopguard.bridge.operation", "io.github.loopguard.extension", "io.github.loopguard.test",
				"reactor.core.publisher", "reactor.core.scheduler", "reactor.netty.tcp", "reactor.test")
		.map((name) -> "import " + name + ".*; ")
		.collect(Collectors.joining("", "import java.security.cert.Certificate; ", ""));

	private static final Pattern RETURN = Pattern.compile("(?m)^return ");

	private static final Pattern ENDED = Pattern.compile("[;}]( *//.*)?\\s*$");

	private static final Pattern CONSTRUCTOR = Pattern.compile("(?m)^ *([A-Z]\\w+)\\([^)]*\\) \\{");

	private static final Pattern TYPE = Pattern.compile("public (?:final )?class (\\w+)");

	private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

	/**
	 * Compiles snippets and returns what is wrong with them.
	 */
	List<String> problems(List<Snippet> snippets, Path classes) {
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		this.compiler
			.getTask(new StringWriter(), null, diagnostics,
					List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")), null,
					snippets.stream().map(this::source).toList())
			.call();
		return diagnostics.getDiagnostics()
			.stream()
			.filter((diagnostic) -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
			.map((diagnostic) -> diagnostic.getSource().getName() + ": " + diagnostic.getMessage(null))
			.toList();
	}

	private Source source(Snippet snippet) {
		String code = complete(snippet.code());
		if (code.startsWith("package ")) {
			return new Source(snippet.toString(), typeName(code), code);
		}
		String imports = code.lines().filter((line) -> line.startsWith("import ")).collect(Collectors.joining());
		String rest = code.lines().filter((line) -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
		String type = CONSTRUCTOR.matcher(rest)
			.results()
			.map((constructor) -> constructor.group(1))
			.findFirst()
			.orElse(snippet.className());
		String head = "package com.example.snippet; " + imports + IMPORTS + "abstract class " + type
				+ " extends Given { ";
		Source statements = new Source(snippet.toString(), type, head
				+ (RETURN.matcher(rest).find() ? "Object" : "void") + " run() throws Throwable { " + rest + "\n} }");
		Source members = new Source(snippet.toString(), type, head + rest + "\n}");
		// An annotation may be no local type, which only the compiler finds out.
		return parses(statements) && !rest.contains("@interface ") ? statements : members;
	}

	/**
	 * Puts something in the places that a page leaves open.
	 */
	private static String complete(String code) {
		String filled = code.replace("{ ... }", "{ }").replace("...", "null");
		if (filled.startsWith("@") && filled.endsWith(")")) {
			return filled + " void annotated() { }";
		}
		long open = filled.chars().filter((it) -> it == '{').count() - filled.chars().filter((it) -> it == '}').count();
		String closed = filled + "}".repeat((int) Math.max(0, open));
		boolean ended = ENDED.matcher(closed).find();
		return ended ? closed : closed + ";";
	}

	private static String typeName(String code) {
		return TYPE.matcher(code).results().findFirst().orElseThrow().group(1);
	}

	private boolean parses(Source source) {
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		JavacTask task = (JavacTask) this.compiler.getTask(null, null, diagnostics, null, null, List.of(source));
		try {
			task.parse();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return diagnostics.getDiagnostics().isEmpty();
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String name;

		private final String code;

		Source(String name, String className, String code) {
			super(URI.create("string:///" + className + ".java"), Kind.SOURCE);
			this.name = name;
			this.code = code;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.code;
		}

		@Override
		public String getName() {
			return this.name;
		}

	}

}
