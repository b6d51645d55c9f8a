package io.github.loopguard.autoconfigure.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

import io.github.loopguard.Action;
import io.github.loopguard.Frame;
import io.github.loopguard.Held;
import io.github.loopguard.Library;
import io.github.loopguard.Offender;
import io.github.loopguard.Origin;
import io.github.loopguard.Site;
import io.github.loopguard.Violation;
import io.github.loopguard.Waited;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.AllowanceBody;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Application;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Detail;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Detector;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Hooks;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.RuleBody;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.Sums;
import io.github.loopguard.autoconfigure.endpoint.BlockingReport.SwitchBody;
import io.github.loopguard.allowance.Allowance.Category;
import io.github.loopguard.allowance.AllowanceStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.ledger.LedgerTotals.ColdStart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The JSON of the endpoint is the one that earlier versions wrote, byte for byte.
 */
class RecordedBodyTests {

	private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonEndpointAutoConfiguration.class));

	@Test
	void theListIsWrittenAsRecorded() {
		this.contextRunner.run((context) -> {
			JsonMapper mapper = context.getBean(EndpointJsonMapper.class).get();
			assertThat(mapper.writeValueAsString(body())).isEqualTo(recorded("recorded-body.json"));
		});
	}

	@Test
	void aViolationIsWrittenAsRecorded() {
		this.contextRunner.run((context) -> {
			JsonMapper mapper = context.getBean(EndpointJsonMapper.class).get();
			assertThat(details().stream().map(mapper::writeValueAsString).toList())
				.isEqualTo(recorded("recorded-violations.jsonl").lines().toList());
		});
	}

	static BlockingReport body() {
		Detector detector = new Detector("blockhound", State.ACTIVE, null);
		RuleBody rule = new RuleBody("file-read", List.of("read_bytes", "read_text"), "0.1",
				Map.of(Origin.APPLICATION, Action.LOG), new Hooks(14, List.of("com.acme.Missing: not found")));
		AllowanceBody allowance = new AllowanceBody("netty-ssl-delegated-task", "netty-handler",
				"io.netty.handler.ssl.SslHandler#runDelegatedTasks", Category.TOLERATED, "TLS handshakes", "netty",
				null, null, AllowanceStatus.State.LIVE, null);
		return new BlockingReport(1, new Application("shop", "1.4", null), State.ACTIVE, "development",
				List.of(detector), List.of(rule), List.of(allowance), new Sums(3, 41, 7, 0, 0, 0, false, 2),
				violations(), List.of(new ColdStart("com.acme.Pages#show", 1, 12, "com.acme.Fonts", NOON, NOON)),
				List.of(), List.of(), List.of(new SwitchBody("loop-monitor.threshold", "20ms", null, NOON, null)));
	}

	static List<Detail> details() {
		List<String> stack = List.of("java.base/java.nio.file.Files.readString(Files.java:1)");
		return violations().stream().map((violation) -> new Detail(violation, stack)).toList();
	}

	private static List<Violation> violations() {
		Library library = new Library("acme-pdf-2.1.jar", "com.acme", "acme-pdf", "2.1", "https://acme.example/issues");
		Map<String, Long> lines = new TreeMap<>(Map.of("7", 2L, "19", 1L, "other", 4L));
		Violation full = new Violation("0a1b2c3d4e5f", "dns-lookup", "java.net.InetAddress.getByName",
				List.of("blockhound", "flight-recorder"), Origin.APPLICATION, Action.FAIL, "@team-pages",
				"known: \"déjà vu\"", new Site("com.acme.Pages$Page", "show", "Pages.java", 7, lines),
				new Offender("com.pdf.Fonts", "load", "Fonts.java", 7, library),
				new Frame("com.acme.Pages", "pages", "Pages.java", 5), 7, NOON.plusNanos(123_000_000),
				NOON.plusSeconds(90).plusNanos(1), 2, 3,
				new Held(7, Duration.ofNanos(1_234_567_891), Duration.ofMillis(800), Duration.ofMillis(750)),
				new Waited(12L), List.of("parallel-1", "reactor-http-epoll-2"), "GET /pages/{id}", "4bf92f3577b34da6",
				"/actuator/blocking/rules/dns-lookup", "resolve it on a lane");
		Violation sparse = new Violation("1a1b2c3d4e5f", "marked-blocking", "com.acme.Legacy.query", List.of(),
				Origin.APPLICATION, Action.OBSERVE, null, null, new Site("com.acme.Late", null, null, -1, Map.of()),
				new Offender("com.acme.Late", null, null, -1, new Library("late.jar", null, null, null, null)),
				new Frame("com.acme.Late", null, null, -1), 1, NOON, NOON, 0, 0,
				new Held(0, Duration.ZERO, Duration.ZERO, null), new Waited(null), List.of(), null, null,
				"docs/blocking-operations.md#marked-blocking", "");
		Violation ofLibrary = new Violation("2a1b2c3d4e5f", "file-read", "java.nio.file.Files.readString",
				List.of("blockhound"), Origin.LIBRARY, Action.LOG, null, null, null,
				new Offender("com.pdf.Fonts", "load", "Fonts.java", 7, null), null, 1, NOON, NOON, 1, 0,
				new Held(1, Duration.ofNanos(1), Duration.ofNanos(1), null), new Waited(0L), List.of("parallel-1"),
				"GET /fonts", null, "docs/blocking-operations.md#file-read", "read it once at start-up");
		Violation unknown = new Violation("3a1b2c3d4e5f", "file-read", "java.nio.file.Files.readString",
				List.of("blockhound"), Origin.UNKNOWN, Action.LOG, null, null, null, null, null, 1, NOON, NOON, 1, 0,
				new Held(1, Duration.ofNanos(1), Duration.ofNanos(1), null), new Waited(0L), List.of("parallel-1"),
				null, null, "docs/blocking-operations.md#file-read", "read it once at start-up");
		return List.of(full, sparse, ofLibrary, unknown);
	}

	private static String recorded(String name) throws IOException {
		try (InputStream resource = RecordedBodyTests.class.getResourceAsStream(name)) {
			assertThat(resource).as(name).isNotNull();
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
