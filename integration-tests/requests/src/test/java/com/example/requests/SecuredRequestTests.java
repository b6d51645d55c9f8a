package com.example.requests;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Requests are known without any setting, behind sources that they share only after a
 * hop.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.tracing.sampling.probability=1.0", "logging.level.io.github.loopguard=off" })
class SecuredRequestTests extends RequestTests {

	SecuredRequestTests() {
		super("GET /hopping/{id}");
	}

}
