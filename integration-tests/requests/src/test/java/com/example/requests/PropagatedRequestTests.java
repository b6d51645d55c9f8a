package com.example.requests;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * With context propagation, requests are known behind a sink that they share, too.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.tracing.sampling.probability=1.0", "logging.level.io.github.loopguard=off",
				"spring.reactor.context-propagation=auto" })
class PropagatedRequestTests extends RequestTests {

	PropagatedRequestTests() {
		super("GET /hopping/{id}", "GET /waiting/{id}");
	}

}
