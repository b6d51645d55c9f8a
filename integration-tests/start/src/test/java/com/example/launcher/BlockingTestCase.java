package com.example.launcher;

import com.example.start.StartApplication;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * A test such as users have, run by {@link RunsJunit} where BlockHound comes with JUnit.
 */
@SpringBootTest(classes = StartApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class BlockingTestCase {

	@Test
	void blocks(@Autowired Environment environment) {
		WebClient.create("http://localhost:" + environment.getProperty("local.server.port"))
			.get()
			.uri("/block")
			.retrieve()
			.bodyToMono(Integer.class)
			.block();
		assertEquals("ACTIVE", Loopguard.instance().detectors().get(0).state().name());
		assertEquals(1,
				Loopguard.instance()
					.ledger()
					.violations()
					.stream()
					.map(Violation::api)
					.filter("java.nio.file.Files.readString"::equals)
					.count());
	}

}
