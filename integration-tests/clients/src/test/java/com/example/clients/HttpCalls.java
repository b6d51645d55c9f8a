package com.example.clients;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * HTTP clients.
 */
@Component
class HttpCalls implements Calls {

	private final String uri;

	private final HttpClient jdk = HttpClient.newHttpClient();

	private final CloseableHttpClient apache5 = HttpClients.custom()
		.setDefaultRequestConfig(
				RequestConfig.custom().setResponseTimeout(Timeout.ofMilliseconds(SilentServer.PATIENCE)).build())
		.disableAutomaticRetries()
		.build();

	private final org.apache.http.impl.client.CloseableHttpClient apache4 = org.apache.http.impl.client.HttpClients
		.custom()
		.setDefaultRequestConfig(
				org.apache.http.client.config.RequestConfig.custom().setSocketTimeout(SilentServer.PATIENCE).build())
		.disableAutomaticRetries()
		.build();

	private final OkHttpClient okHttp = new OkHttpClient.Builder().readTimeout(Duration.ofMillis(SilentServer.PATIENCE))
		.retryOnConnectionFailure(false)
		.build();

	private final RestTemplate restTemplate;

	private final RestClient restClient;

	private final RestClient restClientOverApache;

	HttpCalls(SilentServer server) {
		this.uri = "http://" + server.address() + "/";
		SimpleClientHttpRequestFactory simple = new SimpleClientHttpRequestFactory();
		simple.setReadTimeout(SilentServer.PATIENCE);
		this.restTemplate = new RestTemplate(simple);
		JdkClientHttpRequestFactory jdkFactory = new JdkClientHttpRequestFactory(this.jdk);
		jdkFactory.setReadTimeout(Duration.ofMillis(SilentServer.PATIENCE));
		this.restClient = RestClient.create(new RestTemplate(jdkFactory));
		this.restClientOverApache = RestClient
			.create(new RestTemplate(new HttpComponentsClientHttpRequestFactory(this.apache5)));
	}

	@Waits(rule = "http-request", api = "java.net.HttpURLConnection.getResponseCode",
			line = "connection.getResponseCode()", fix = "WebClient")
	void httpUrlConnection() throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create(this.uri).toURL().openConnection();
		connection.setReadTimeout(SilentServer.PATIENCE);
		connection.getResponseCode();
	}

	@Waits(rule = "http-request", api = "java.net.http.HttpClient.send", line = "this.jdk.send(", fix = "sendAsync")
	void jdkHttpClient() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.uri))
			.timeout(Duration.ofMillis(SilentServer.PATIENCE))
			.build();
		this.jdk.send(request, HttpResponse.BodyHandlers.ofString());
	}

	@Waits(rule = "http-request", api = "org.apache.hc.client5.http.classic.HttpClient.execute",
			line = "this.apache5.execute(", fix = "CloseableHttpAsyncClient")
	void apacheHttpClient5() throws IOException {
		this.apache5.execute(new HttpGet(this.uri), (response) -> "answered");
	}

	@Waits(rule = "http-request", api = "org.apache.http.client.HttpClient.execute", line = "this.apache4.execute(",
			fix = "CloseableHttpAsyncClient")
	void apacheHttpClient4() throws IOException {
		this.apache4.execute(new org.apache.http.client.methods.HttpGet(this.uri));
	}

	@Waits(rule = "http-request", api = "okhttp3.Call.execute", line = "call.execute()", fix = "call.enqueue(callback)")
	void okHttp() throws IOException {
		Call call = this.okHttp.newCall(new Request.Builder().url(this.uri).build());
		call.execute();
	}

	@Waits(rule = "http-request", api = "org.springframework.web.client.RestTemplate.getForObject",
			line = "this.restTemplate.getForObject(", fix = "WebClient")
	void restTemplate() {
		this.restTemplate.getForObject(this.uri, String.class);
	}

	@Waits(rule = "http-request", api = "org.springframework.web.client.RestClient.ResponseSpec.body",
			line = ".body(String.class)", fix = "WebClient")
	void restClient() {
		this.restClient.get().uri(this.uri).retrieve().body(String.class);
	}

	@Waits(rule = "http-request", api = "org.springframework.web.client.RestClient.ResponseSpec.toBodilessEntity",
			line = ".toBodilessEntity()", fix = "WebClient")
	void restClientOverApacheHttpClient() {
		this.restClientOverApache.get().uri(this.uri).retrieve().toBodilessEntity();
	}

}
