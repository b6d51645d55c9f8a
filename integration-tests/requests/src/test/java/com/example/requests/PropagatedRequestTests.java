package com.example.requests;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Requests are known with context propagation, then behind a sink that they share, too,
 * and where forwarded headers replace the request.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.tracing.sampling.probability=1.0", "logging.level.io.github.loopguard=off",
				"spring.reactor.context-propagation=auto", "server.forward-headers-strategy=framework" })
class PropagatedRequestTests extends RequestTests {

	PropagatedRequestTests() {
		super("GET /hopping/{id}", "GET /waiting/{id}");
	}

}
