package io.github.loopguard.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.ObjectWriter;

/**
 * A page that opens from disk and loads nothing from the network. Its content security
 * policy permits one script and one style sheet, by their digests.
 */
final class HtmlReport {

	private static final Pattern MARK = Pattern.compile("\\{\\{(\\w+)}}");

	/**
	 * Writes JSON for a script element, so that no name in it can end the element or
	 * start another.
	 */
	private static final ObjectWriter EMBEDDED = ReportJson.MAPPER.writer().with(new ScriptEscapes());

	private HtmlReport() {
	}

	static void write(Report report, OutputStream out) throws IOException {
		String style = resource("page.css");
		String script = resource("page.js") + resource("icicle.js");
		String policy = "default-src 'none'; script-src '" + digest(script) + "'; style-src '" + digest(style)
				+ "'; base-uri 'none'; form-action 'none'";
		Map<String, String> parts = Map.of("policy", policy, "style", style, "script", script);
		String page = resource("page.html");
		Matcher mark = MARK.matcher(page);
		int written = 0;
		while (mark.find()) {
			out.write(page.substring(written, mark.start()).getBytes(StandardCharsets.UTF_8));
			if (mark.group(1).equals("data")) {
				ReportJson.write(EMBEDDED, report, out);
			}
			else {
				out.write(parts.getOrDefault(mark.group(1), "").getBytes(StandardCharsets.UTF_8));
			}
			written = mark.end();
		}
		out.write(page.substring(written).getBytes(StandardCharsets.UTF_8));
	}

	private static String digest(String content) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private static String resource(String name) {
		try (InputStream resource = HtmlReport.class.getResourceAsStream(name)) {
			if (resource == null) {
				throw new IllegalStateException("The jar of loopguard-report lacks " + name);
			}
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read " + name, ex);
		}
	}

	private static final class ScriptEscapes extends CharacterEscapes {

		private static final long serialVersionUID = 1L;

		private static final Map<Integer, SerializableString> ESCAPED = "<>&\u2028\u2029".chars()
			.boxed()
			.collect(Collectors.toMap(Function.identity(),
					(character) -> new SerializedString(String.format("\\u%04x", character))));

		private static final int[] CODES = codes();

		private static int[] codes() {
			int[] codes = standardAsciiEscapesForJSON();
			ESCAPED.keySet().stream().filter((character) -> character < codes.length).forEach((character) -> {
				codes[character] = ESCAPE_CUSTOM;
			});
			return codes;
		}

		@Override
		public int[] getEscapeCodesForAscii() {
			return CODES;
		}

		@Override
		public @Nullable SerializableString getEscapeSequence(int character) {
			return ESCAPED.get(character);
		}

	}

}
