package io.github.loopguard.catalog;

import java.util.List;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * The rule for HTTP clients that wait for the response.
 */
final class HttpRules {

	private static final String[] URL_CONNECTION = { "getInputStream", "getOutputStream", "connect", "getHeaderField",
			"getHeaderFields" };

	private HttpRules() {
	}

	static List<RuleDefinition> definitions() {
		String connection = "sun.net.www.protocol.http.HttpURLConnection";
		RuleBuilder rule = rule("http-request", "A blocking HTTP request").documentedAs("putrequest")
			.fix("use WebClient, which never waits on the event loop: "
					+ "webClient.get().uri(uri).retrieve().bodyToMono(String.class)")
			.entry(connection, URL_CONNECTION)
			.lazy()
			.entry("sun.net.www.protocol.https.HttpsURLConnectionImpl", URL_CONNECTION)
			.lazy()
			.entry("java.net.HttpURLConnection", "getResponseCode", "getResponseMessage")
			.lazy()
			// Of a file or of an entry of a jar, it is no request.
			.span("java.net.URL", "openStream", "getContent")
			.lazy()
			.entry(connection + "$HttpInputStream", "read")
			.throwSafeLeaf("jdk.internal.net.http.HttpClientFacade", "send");
		spring(rule);
		return List.of(rule.libraryEntry("org.apache.hc.client5.http.impl.classic.CloseableHttpClient", "execute")
			.libraryEntry("org.apache.http.impl.client.CloseableHttpClient", "execute")
			.libraryEntry("okhttp3.internal.connection.RealCall", "execute")
			.build());
	}

	private static void spring(RuleBuilder rule) {
		rule.libraryEntry("org.springframework.web.client.RestTemplate", "getForObject", "getForEntity",
				"headForHeaders", "postForLocation", "postForObject", "postForEntity", "put", "patchForObject",
				"delete", "optionsForAllow", "exchange", "execute")
			.libraryEntry("org.springframework.web.client.DefaultRestClient$DefaultRequestBodyUriSpec", "exchange",
					"exchangeForRequiredValue")
			.libraryEntry("org.springframework.web.client.DefaultRestClient$DefaultResponseSpec", "body",
					"requiredBody", "toEntity", "toBodilessEntity")
			.libraryLeaf("org.springframework.http.client.JdkClientHttpRequest", "executeInternal");
	}

}
