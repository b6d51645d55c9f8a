package io.github.loopguard.report;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Held;
import io.github.loopguard.Library;
import io.github.loopguard.Offender;
import io.github.loopguard.Origin;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;

/**
 * Violations to report in tests.
 */
final class Violations {

	static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

	private Violations() {
	}

	static Violation read(long count, int heldMillis) {
		return at("3fa9c1d2e4b7", "com.acme.InvoiceController", "render", count, heldMillis);
	}

	static Violation at(String id, String className, String method, long count, int heldMillis) {
		Site site = new Site(className, method, fileName(className), 42, Map.of("42", count));
		return violation(id, site, new Offender(className, method, fileName(className), 42, null), count, heldMillis);
	}

	static Violation ofLibrary(String id, long count, int heldMillis) {
		Library library = new Library("acme-pdf-2.1.jar", null, "acme-pdf", "2.1", null);
		return violation(id, null, new Offender("com.pdf.Fonts", "load", "Fonts.java", 7, library), count, heldMillis);
	}

	static Violation documentedAt(String docs, Violation it) {
		return new Violation(it.id(), it.rule(), it.api(), it.detectors(), it.origin(), it.action(), it.owner(),
				it.tolerated(), it.site(), it.offender(), it.assemblySite(), it.count(), it.firstSeen(), it.lastSeen(),
				it.heldBack(), it.prevented(), it.held(), it.waited(), it.threads(), it.route(), it.traceId(), docs,
				it.fix());
	}

	/**
	 * Returns violations that differ in which of their parts are known.
	 */
	static List<Violation> everyForm() {
		Library library = new Library("acme-pdf-2.1.jar", "com.acme", "acme-pdf", "2.1", "https://acme.example/issues");
		Site site = new Site("com.acme.Pages$Page", "show", "Pages.java", 7, lines("7", 2, "19", 1, "other", 4));
		Violation full = new Violation("0a1b2c3d4e5f", "dns-lookup", "java.net.InetAddress.getByName",
				List.of("blockhound", "flight-recorder"), Origin.APPLICATION, Action.FAIL, "@team-pages",
				"known: \"déjà vu\"", site, new Offender("com.pdf.Fonts", "load", "Fonts.java", 7, library),
				new Frame("com.acme.Pages", "pages", "Pages.java", 5), 7, NOON.plusNanos(123_000_000),
				NOON.plusSeconds(90).plusNanos(1), 2, 3,
				new Held(7, Duration.ofNanos(1_234_567_891), Duration.ofMillis(800), Duration.ofMillis(750)),
				new Waited(12L), List.of("parallel-1", "reactor-http-epoll-2"), "GET /pages/{id}", "4bf92f3577b34da6",
				"/actuator/blocking/rules/dns-lookup", "resolve it on a lane");
		Site unknownMethod = new Site("com.acme.Late", null, null, -1, Map.of());
		Violation sparse = new Violation("1a1b2c3d4e5f", "marked-blocking", "com.acme.Legacy.query", List.of(),
				Origin.APPLICATION, Action.OBSERVE, null, null, unknownMethod,
				new Offender("com.acme.Late", null, null, -1, new Library("late.jar", null, null, null, null)), null, 1,
				NOON, NOON, 0, 0, new Held(0, Duration.ZERO, Duration.ZERO, null), new Waited(null), List.of(), null,
				null, "docs/blocking-operations.md#marked-blocking", "");
		Violation unknown = new Violation("2a1b2c3d4e5f", "file-read", "java.nio.file.Files.readString",
				List.of("blockhound"), Origin.UNKNOWN, Action.LOG, null, null, null, null, null, 1, NOON, NOON, 1, 0,
				new Held(1, Duration.ofNanos(1), Duration.ofNanos(1), null), new Waited(0L), List.of("parallel-1"),
				null, null, "docs/blocking-operations.md#file-read", "read it once at start-up");
		return List.of(full, sparse, unknown, read(3, 120), ofLibrary("4a1b2c3d4e5f", 2, 30));
	}

	private static Map<String, Long> lines(String one, long ones, String two, long twos, String three, long threes) {
		Map<String, Long> lines = new LinkedHashMap<>();
		lines.put(one, ones);
		lines.put(two, twos);
		lines.put(three, threes);
		return lines;
	}

	static List<StackTraceElement> stack(String className, String method, int line) {
		return List.of(new StackTraceElement("java.nio.file.Files", "readString", "Files.java", 1),
				new StackTraceElement(className, method, fileName(className), line),
				new StackTraceElement("com.acme.Router", "route", "Router.java", 12),
				new StackTraceElement("reactor.core.publisher.MonoMap", "onNext", "MonoMap.java", 106));
	}

	private static Violation violation(String id, @Nullable Site site, Offender offender, long count, int heldMillis) {
		Held held = new Held(count, Duration.ofMillis(heldMillis), Duration.ofMillis(heldMillis / count), null);
		return new Violation(id, "file-read", "java.nio.file.Files.readString", List.of("blockhound"),
				(site != null) ? Origin.APPLICATION : Origin.LIBRARY, Action.LOG, null, null, site, offender, null,
				count, NOON, NOON.plusSeconds(1), 0, 0, held, new Waited(null), List.of("parallel-1"),
				"GET /invoices/{id}", null, "docs/blocking-operations.md#file-read",
				"bridge.call(() -> Files.readString(path)), or read it once at start-up");
	}

	private static String fileName(String className) {
		String simple = className.substring(className.lastIndexOf('.') + 1);
		return ((simple.indexOf('$') > 0) ? simple.substring(0, simple.indexOf('$')) : simple) + ".java";
	}

}
