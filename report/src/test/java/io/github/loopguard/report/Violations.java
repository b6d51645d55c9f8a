package io.github.loopguard.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Action;
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
