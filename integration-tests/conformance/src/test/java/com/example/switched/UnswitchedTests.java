package com.example.switched;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody may switch anything unless the endpoint may be written.
 */
@SpringBootTest(classes = SwitchedApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "management.endpoints.web.exposure.include=blocking")
class UnswitchedTests {

	@LocalServerPort
	private int port;

	@Test
	void switchingIsNotAllowedByDefault() {
		new Switching(this.port).post("{\"loop-monitor.enabled\": false}", 405);
		assertThat(Loopguard.instance().switches().inForce()).isEmpty();
	}

}
