package com.example.annotated;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import com.example.prevented.OthersTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Annotated methods that must not be called on an event loop, and one that may.
 */
@SpringBootTest(classes = AnnotatedApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "loopguard.rules.marked-blocking.action=fail",
				"loopguard.allowances.read.method=com.example.annotated.Archive#read",
				"loopguard.allowances.read.reason=the archive is on a memory disk" })
@DirtiesContext
class PreventedTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private Archive archive;

	@BeforeEach
	void forget() {
		Loopguard.instance().ledger().clear();
	}

	@Test
	void preventedCallDoesNotBegin() throws Exception {
		int before = this.archive.counted();
		assertThat(get("/annotated/counted").statusCode()).isEqualTo(500);
		assertThat(this.archive.counted()).isEqualTo(before);
		assertThat(violations()).singleElement().satisfies((it) -> {
			assertThat(it.api()).isEqualTo("com.example.annotated.Archive.count");
			assertThat(it.count()).isOne();
			assertThat(it.prevented()).isOne();
			assertThat(it.heldBack()).isZero();
		});
	}

	@Test
	void callInATaskOfAnotherThatALoopHappensToRunGoesOn() throws Exception {
		int before = this.archive.counted();
		try (OthersTask<String> others = new OthersTask<>(() -> this.archive.count())) {
			Schedulers.parallel().schedule(others::help);
			assertThat(others.get()).isEqualTo(String.valueOf(before + 1));
			assertThat(others.ranOn()).startsWith("parallel-");
		}
		assertThat(violations()).filteredOn((it) -> it.api().equals("com.example.annotated.Archive.count"))
			.singleElement()
			.satisfies((it) -> {
				assertThat(it.prevented()).isZero();
				assertThat(it.heldBack()).isOne();
			});
	}

	@Test
	void allowedCallIsCountedOnce() throws Exception {
		long before = Loopguard.instance().ledger().totals().allowed();
		assertThat(get("/annotated/archive").body()).isEqualTo("archive");
		assertThat(violations()).isEmpty();
		assertThat(Loopguard.instance().ledger().totals().allowed() - before).isOne();
	}

	private static List<Violation> violations() {
		return Loopguard.instance().ledger().violations();
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build(),
				BodyHandlers.ofString());
	}

}
