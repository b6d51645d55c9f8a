package com.example.switched;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import io.github.loopguard.Action;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;
import io.github.loopguard.runtime.Switch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Detectors and actions of a real server are switched over HTTP.
 */
@SpringBootTest(classes = SwitchedApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=blocking",
				"management.endpoint.blocking.access=unrestricted", "loopguard.loop-monitor.grace=0s",
				"loopguard.loop-monitor.enabled=true" })
class SwitchedTests {

	@LocalServerPort
	private int port;

	@Autowired
	private AuditEventRepository audit;

	private Switching server;

	/** Of the server's event loops. */
	private String group;

	private int audited;

	@BeforeEach
	void connect() {
		this.server = new Switching(this.port);
		String thread = this.server.get("/thread");
		this.group = thread.substring(0, thread.lastIndexOf('-'));
		await().until(() -> Loopguard.instance().outside().loopMonitor().groups().contains(this.group));
		Loopguard.instance().ledger().clear();
		this.audited = this.audit.find(null, null, null).size();
	}

	@AfterEach
	void revertAll() {
		List<Switch.Change> all = Loopguard.instance()
			.switches()
			.inForce()
			.stream()
			.map((it) -> new Switch.Change(it.name(), (settings) -> "", null))
			.toList();
		Loopguard.instance().switches().apply(all, null, null);
	}

	@Test
	void nothingIsSwitchedAtFirst() throws Exception {
		assertThat(this.server.report().path("switches").isEmpty()).isTrue();
	}

	@Test
	void switchWithTtlWorksRevertsAndLeavesTwoAuditEvents() throws Exception {
		this.server.change("""
				{"loop-monitor.enabled": false, "ttl": "5s"}""")
			.jsonPath("$.switches[0].name")
			.isEqualTo("loop-monitor.enabled")
			.jsonPath("$.switches[0].value")
			.isEqualTo("false")
			.jsonPath("$.switches[0].until")
			.isNotEmpty();
		JsonNode report = this.server.report();
		assertThat(report.path("switches").path(0).path("name").asString()).isEqualTo("loop-monitor.enabled");
		assertThat(report.path("detectors").toString()).doesNotContain("loop-monitor");
		assertThat(report.path("status").asString()).isEqualTo("ACTIVE");
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(Loopguard.instance().switches().inForce()).isEmpty());
		assertThat(this.server.report().path("detectors").toString()).contains("loop-monitor");
		await().untilAsserted(() -> assertThat(events()).extracting(AuditEvent::getType)
			.containsExactly("LOOPGUARD_SWITCHED", "LOOPGUARD_REVERTED"));
		assertThat(events().get(0).getData()).containsEntry("setting", "loop-monitor.enabled")
			.containsEntry("from", "true")
			.containsEntry("to", "false")
			.containsKey("until");
		assertThat(events().get(1).getData()).containsEntry("setting", "loop-monitor.enabled")
			.containsEntry("from", "false")
			.containsEntry("to", "true")
			.containsEntry("reason", "because its time is over");
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			this.server.get("/compute/400");
			assertThat(Switching.violations("compute")).isNotEmpty();
		});
	}

	@Test
	void thresholdOfTheMonitorIsSwitched() {
		this.server.change("{\"loop-monitor.threshold\": \"10m\"}");
		long before = stalls();
		this.server.get("/compute/400");
		assertThat(stalls()).isEqualTo(before);
		this.server.change("{\"loop-monitor.threshold\": \"100ms\"}");
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			this.server.get("/compute/400");
			assertThat(stalls()).isGreaterThan(before);
		});
	}

	@Test
	void flightRecorderIsSwitchedOnAtOnce() throws Exception {
		this.server.change("{\"flight-recorder.enabled\": true, \"flight-recorder.threshold\": \"1ms\"}")
			.jsonPath("$.switches[1].value")
			.isEqualTo("1ms");
		await().atMost(Duration.ofSeconds(9))
			.untilAsserted(() -> assertThat(this.server.report().path("detectors").toString())
				.contains("{\"name\":\"flight-recorder\",\"state\":\"ACTIVE\""));
		this.server.change("{\"flight-recorder.enabled\": null}");
		assertThat(this.server.report().path("detectors").toString()).doesNotContain("flight-recorder");
	}

	@Test
	void thresholdOfAGroupIsSwitched() {
		this.server.change("{\"loop-monitor.threshold\": \"10m\"}");
		this.server.change("{\"loop-monitor.thresholds." + this.group + "\": \"100ms\"}")
			.jsonPath("$.switches[1].value")
			.isEqualTo("100ms");
		long before = stalls();
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			this.server.get("/compute/400");
			assertThat(stalls()).isGreaterThan(before);
		});
	}

	@Test
	void actionOfARuleAndOriginIsSwitchedAndRevertedByNull() throws Exception {
		this.server.change("{\"rules.file-read.application\": \"fail\"}")
			.jsonPath("$.switches[0].value")
			.isEqualTo("fail");
		assertThat(Loopguard.instance().policy().actions("file-read")).containsValue(Action.FAIL);
		this.server.post("{\"rules.file-read.application\": null}", 200).jsonPath("$.switches").isEmpty();
		assertThat(Loopguard.instance().policy().actions("file-read")).doesNotContainValue(Action.FAIL);
		this.server.change("{\"rules.file-read.action\": \"OFF\"}");
		this.server.get("/read");
		assertThat(Switching.violations("read")).isEmpty();
		assertThat(this.server.report().path("rules").valueStream())
			.anySatisfy((rule) -> assertThat(rule.toString()).contains("\"id\":\"file-read\"", "\"LIBRARY\":\"OFF\""));
		await().untilAsserted(() -> assertThat(events()).extracting(AuditEvent::getType)
			.containsExactly("LOOPGUARD_SWITCHED", "LOOPGUARD_REVERTED", "LOOPGUARD_SWITCHED"));
	}

	@Test
	void blockHoundIsMutedAndResumed() throws Exception {
		this.server.change("{\"blockhound.muted\": true}");
		this.server.get("/read");
		assertThat(Switching.violations("read")).isEmpty();
		assertThat(this.server.report().path("detectors").path(0).toString()).contains("\"state\":\"OFF\"", "muted");
		this.server.change("{\"blockhound.muted\": \"false\"}");
		this.server.get("/read");
		assertThat(Switching.violations("read")).singleElement().extracting(Violation::count).isEqualTo(1L);
		assertThat(this.server.report().path("detectors").path(0).path("state").asString()).isEqualTo("ACTIVE");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					{"loop-monitor.treshold": "50ms"}         | There is no setting 'loop-monitor.treshold' | loop-monitor.threshold
					{"rules.file-raed.action": "log"}         | There is no rule 'file-raed'              | file-read
					{"rules.action": "log"}                   | There is no rule ''                       | file-read
					{"rules.file-read.user": "log"}           | There is no origin 'user'                 | application
					{"rules.file-read.application": "warn"}   | 'warn' of rules.file-read.application     | off, observe, log, fail
					{"loop-monitor.enabled": "maybe"}         | 'maybe' of loop-monitor.enabled           | true nor false
					{"loop-monitor.threshold": "soon"}        | 'soon' of loop-monitor.threshold          | 50ms
					{"loop-monitor.threshold": "1ms"}         | '1ms' of loop-monitor.threshold           | at least 5 ms
					{"loop-monitor.threshold": "999999d"}     | of loop-monitor.threshold                 | at most 24 h
					{"flight-recorder.threshold": "999999d"}  | of flight-recorder.threshold              | at most 24 h
					{"loop-monitor.thresholds.any": "50ms"}   | There is no group 'any'                   | -http-
					{"loop-monitor.enabled": true,"ttl":"0s"} | '0s' of ttl                               | positive
					{"loop-monitor.enabled": true,"ttl":"9999999999d"} | of ttl                           | 30 days
					{"ttl": "5s"}                             | Nothing to switch                         | loop-monitor.threshold
					{}                                        | Nothing to switch                         | loop-monitor.threshold
					""")
	void whatIsUnknownIsNamedWithWhatThereIs(String body, String problem, String remedy) {
		this.server.post(body, 400)
			.jsonPath("$.error")
			.value((error) -> assertThat((String) error).contains(problem, remedy));
		assertThat(Loopguard.instance().switches().inForce()).isEmpty();
	}

	@Test
	void nothingIsSwitchedIfPartOfTheRequestIsWrong() {
		this.server.post("{\"loop-monitor.enabled\": false, \"rules.file-read.action\": \"warn\"}", 400);
		assertThat(Loopguard.instance().switches().inForce()).isEmpty();
		assertThat(Loopguard.instance().switches().settings().detectors().loopMonitor().enabled()).isTrue();
	}

	@Test
	void nestedBodyIsRejected() {
		this.server.post("{\"loop-monitor\": {\"enabled\": false}}", 400);
	}

	private long stalls() {
		return Loopguard.instance().outside().loopMonitor().stalls(this.group);
	}

	private List<AuditEvent> events() {
		List<AuditEvent> all = this.audit.find(null, null, null);
		return all.subList(this.audited, all.size());
	}

}
