package io.github.loopguard.catalog;

import java.util.List;
import java.util.Map;

/**
 * The hooks that Loopguard 0.1 did not have. It named what happens inside their calls
 * otherwise, and baselines that it wrote still do.
 */
final class LaterHooks {

	private static final String CREATE_MESSAGE = "org.springframework.mail.javamail.JavaMailSenderImpl.createMimeMessage";

	private static final List<String> MAIL = List.of("jakarta.mail.Session.", "jakarta.mail.internet.", CREATE_MESSAGE);

	/** Calls of the JDK in which others block. */
	private static final List<String> JDK = List.of("jdk.internal.loader.RawNativeLibraries.",
			"com.sun.management.internal.HotSpotDiagnostic.dumpThreads", "java.io.BufferedInputStream.read",
			"java.io.BufferedReader.read", "java.nio.file.FileTreeIterator.", "sun.net.www.protocol.file.",
			"sun.net.www.protocol.jar.", "sun.security.ssl.SSLSocketImpl", "sun.nio.fs.UnixPath.register",
			"sun.nio.fs.WindowsPath.register");

	private static final List<String> OTHERS = List.of("kotlin.io.", "org.springframework.orm.jpa.", "org.h2.engine.",
			"org.h2.command.");

	/**
	 * What Loopguard 0.1 named where mail is prepared: rules by API. It begins with what
	 * is only observed.
	 */
	private static final Map<String, String> FORMER_MAIL = Map.of("java.net.URL.openStream", "http-request",
			"java.io.File.exists", "file-stat", "java.io.FileInputStream.<init>", "file-open",
			"java.io.FilterInputStream.read", "file-read", "java.util.Properties.load", "file-read");

	/** Reads a file, which Loopguard 0.1 took for writing one. */
	private static final String COPY_OUT = "java.nio.file.Files#copy(Ljava/nio/file/Path;Ljava/io/OutputStream;)J";

	private LaterHooks() {
	}

	static boolean contain(Hook hook) {
		return is(hook, MAIL) || is(hook, OTHERS) || begins(hook, JDK);
	}

	/**
	 * Returns further names of what blocks in a call of a hook, which does not always
	 * block first, or had another rule.
	 */
	static Map<String, String> formerNames(Hook hook) {
		if (COPY_OUT.equals(hook.toString())) {
			return Map.of("java.nio.file.Files.copy", "file-write");
		}
		return is(hook, MAIL) ? FORMER_MAIL : Map.of();
	}

	private static boolean is(Hook hook, List<String> prefixes) {
		return hook.availability().library() && begins(hook, prefixes);
	}

	private static boolean begins(Hook hook, List<String> prefixes) {
		String api = hook.api();
		for (String prefix : prefixes) {
			if (api.startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

}
