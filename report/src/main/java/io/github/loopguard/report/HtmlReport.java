package io.github.loopguard.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page that opens from disk and loads nothing from the network. Its content security
 * policy permits one script and one style sheet, by their digests.
 */
final class HtmlReport {

	private static final Pattern MARK = Pattern.compile("\\{\\{(\\w+)}}");

	private HtmlReport() {
	}

	static String write(Report report) {
		String style = resource("page.css");
		String script = resource("page.js") + resource("icicle.js");
		String policy = "default-src 'none'; script-src '" + digest(script) + "'; style-src '" + digest(style)
				+ "'; base-uri 'none'; form-action 'none'";
		Map<String, String> parts = Map.of("policy", policy, "style", style, "script", script, "data",
				embed(ReportJson.MAPPER.writeValueAsString(report)));
		Matcher mark = MARK.matcher(resource("page.html"));
		StringBuilder page = new StringBuilder();
		while (mark.find()) {
			mark.appendReplacement(page, Matcher.quoteReplacement(parts.getOrDefault(mark.group(1), "")));
		}
		return mark.appendTail(page).toString();
	}

	/**
	 * Escapes JSON for a script element, so that no name in it can end the element or
	 * start another.
	 */
	private static String embed(String json) {
		return json.replace("<", "\\u003c")
			.replace(">", "\\u003e")
			.replace("&", "\\u0026")
			.replace("\u2028", "\\u2028")
			.replace("\u2029", "\\u2029");
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

}
