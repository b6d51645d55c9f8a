package com.example.matrix;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that lack something the starter brings, and those that want nothing of
 * Loopguard.
 */
@Tag("any-jdk")
class LessStartTests {

	@Test
	void noActuator() throws Exception {
		StartMatrix.row("no Actuator",
				Launch.application(
						ClassPath.application().without("spring-boot-(starter-)?actuator.*|spring-boot-health")),
				(started) -> {
					started.get("/block");
					return Expectation.logs().check(started);
				});
	}

	@Test
	void noMicrometer() throws Exception {
		StartMatrix.row("no Micrometer registry",
				Launch.application(ClassPath.application()
					.without("micrometer-core|micrometer-jakarta9|spring-boot-(starter-)?micrometer-metrics")),
				Expectation.finds());
	}

	@Test
	void noMicrometerAtAll() throws Exception {
		StartMatrix.row("no Micrometer at all, no Actuator",
				Launch.application(ClassPath.application()
					.without("context-propagation|micrometer-(core|jakarta9)|spring-boot-(starter-)?micrometer.*"
							+ "|spring-boot-(starter-)?actuator.*|spring-boot-health")),
				(started) -> {
					started.get("/block");
					return Expectation.logs().check(started);
				});
	}

	@Test
	void noWebFlux() throws Exception {
		StartMatrix
			.row("no WebFlux, no Netty", Launch
				.application(ClassPath.application()
					.without("spring-webflux|spring-boot-(starter-)?(webflux|webclient|reactor-netty|netty|http-client)"
							+ "|reactor-netty.*|netty-.*"))
				.argument("--start.without-server=true"), Expectation.logs());
	}

	@Test
	void servletApplication() throws Exception {
		StartMatrix.row("servlet application",
				Launch.application(ClassPath.application()
					.withTestJars("spring-webmvc|spring-boot-(webmvc|tomcat|servlet)|tomcat-.*|jakarta.servlet-api"))
					.option("-Xlog:class+load"),
				(started) -> {
					started.get("/block");
					String detector = started.report().path("detectors").path(0).toString();
					assertThat(started.report().path("status").asString()).isEqualTo("OFF");
					assertThat(detector).contains("no event loops");
					assertThat(started.output()).contains("Tomcat started on port")
						.contains("reactor.core.publisher.Mono ")
						.doesNotContain("reactor.blockhound");
					assertThat(started.warnings()).isEmpty();
					return "OFF: no event loops; no class of BlockHound loaded";
				});
	}

	@Test
	void killSwitch() throws Exception {
		StartMatrix.row("`loopguard.enabled=false`",
				Launch.executableJar().argument("--loopguard.enabled=false").option("-Xlog:class+load"), (started) -> {
					started.get("/block");
					assertThat(started.report().path("status").asString()).isEqualTo("OFF");
					assertThat(started.output()).doesNotContain("reactor.blockhound");
					return "OFF; no class of BlockHound loaded";
				});
	}

}
