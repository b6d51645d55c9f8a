package io.github.loopguard.autoconfigure.endpoint;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.mock.env.MockEnvironment;

import io.github.loopguard.ledger.Links;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EndpointLinks}.
 */
class EndpointLinksTests {

	private static final String PATH = "/actuator/blocking";

	private final MockEnvironment environment = new MockEnvironment();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					''                                                                              | management.endpoints.web.exposure.include=health,blocking
					management.endpoints.web.exposure.include=info,health                           | management.endpoints.web.exposure.include=info,health,blocking
					management.endpoints.web.exposure.include=*;management.endpoint.blocking.access=none | management.endpoint.blocking.access=read-only
					management.endpoint.blocking.access=none                                        | management.endpoint.blocking.access=read-only and management.endpoints.web.exposure.include=health,blocking
					management.endpoints.web.exposure.include=*;management.endpoints.access.default=none | management.endpoint.blocking.access=read-only
					management.endpoints.web.exposure.include=*;management.endpoints.access.max-permitted=none | management.endpoints.access.max-permitted=read-only
					management.endpoints.web.exposure.include=*;management.endpoints.web.exposure.exclude=blocking | management.endpoints.web.exposure.exclude without blocking
					management.endpoints.web.exposure.include=*;management.server.port=-1           | management.server.port to a port
					""")
	void hintNamesWhatIsMissing(String properties, String settings) {
		assertThat(links(properties, null).hint()).isEqualTo("to look at all violations, set " + settings);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					''                                                       | ''                      | /actuator/blocking
					spring.webflux.base-path=/shop                           | ''                      | /shop/actuator/blocking
					server.port=8080;management.server.port=8080             | ''                      | /actuator/blocking
					management.server.port=8081                              | http://localhost:8081   | /actuator/blocking
					management.server.port=8081;spring.webflux.base-path=/shop;management.server.base-path=/manage/ | http://localhost:8081 | /manage/actuator/blocking
					management.server.port=8081;management.server.address=::1 | http://[::1]:8081      | /actuator/blocking
					management.server.port=8443;management.server.ssl.bundle=web | https://localhost:8443 | /actuator/blocking
					management.server.port=8081;management.server.ssl.enabled=false | http://localhost:8081 | /actuator/blocking
					management.server.port=0                                 | ''                      | /actuator/blocking
					management.server.port=8081;server.ssl.bundle=web        | https://localhost:8081  | /actuator/blocking
					management.server.port=8081;server.ssl.bundle=web;server.ssl.enabled=off | http://localhost:8081 | /actuator/blocking
					management.server.port=8081;server.ssl.bundle=web;management.server.ssl.enabled=false | http://localhost:8081 | /actuator/blocking
					management.server.port=8081;management.server.address=[::1] | http://[::1]:8081    | /actuator/blocking
					management.server.port=8081;management.server.base-path=manage | http://localhost:8081 | /manage/actuator/blocking
					spring.webflux.base-path=shop/                           | ''                      | /shop/actuator/blocking
					""")
	void linkLeadsToTheServerThatHasTheEndpoint(String properties, String server, String endpoint) {
		Links links = links(properties, PATH);
		assertThat(links.server()).isEqualTo(server);
		assertThat(links.endpoint()).isEqualTo(endpoint);
		assertThat(links.rule("file-read")).isEqualTo(endpoint + "/rules/file-read");
	}

	@Test
	void serverThatIsOffHasNoEndpoint() {
		assertThat(links("management.server.port=-1", PATH).endpoint()).isNull();
	}

	private Links links(String properties, @Nullable String path) {
		this.environment.setConversionService(new ApplicationConversionService());
		for (String property : properties.split(";")) {
			String[] parts = property.split("=", 2);
			if (parts.length == 2) {
				this.environment.setProperty(parts[0], parts[1]);
			}
		}
		return new EndpointLinks(this.environment).of(path);
	}

}
