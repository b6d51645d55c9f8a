package com.example.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

import com.sun.net.httpserver.HttpServer;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Makes requests with blocking HTTP clients.
 */
@Component
class HttpOperations implements Operations, AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	private final URI uri;

	private final HttpClient client;

	HttpOperations() throws IOException, GeneralSecurityException {
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(null, new TrustManager[0], null);
		this.client = HttpClient.newBuilder().sslContext(tls).build();
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			exchange.getRequestBody().readAllBytes();
			exchange.sendResponseHeaders(200, 4);
			exchange.getResponseBody().write("text".getBytes());
			exchange.close();
		});
		this.server.setExecutor(this.threads);
		this.server.start();
		this.uri = URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/");
	}

	HttpURLConnection connection() throws IOException {
		return (HttpURLConnection) this.uri.toURL().openConnection();
	}

	@Blocks(rule = "http-request", api = "java.net.URLConnection.getInputStream", given = "connection")
	void urlConnectionGetInputStream(HttpURLConnection connection) throws IOException {
		try (InputStream body = connection.getInputStream()) {
			body.readAllBytes();
		}
	}

	@Blocks(rule = "http-request", api = "java.net.HttpURLConnection.getResponseCode", given = "connection")
	void urlConnectionGetResponseCode(HttpURLConnection connection) throws IOException {
		connection.getResponseCode();
	}

	@Blocks(rule = "http-request", api = "java.net.URL.openStream")
	void urlOpenStream() throws IOException {
		try (InputStream body = this.uri.toURL().openStream()) {
			body.readAllBytes();
		}
	}

	@Blocks(rule = "http-request", api = "java.net.http.HttpClient.send")
	void httpClientSend() throws Exception {
		this.client.send(HttpRequest.newBuilder(this.uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	RestTemplate overUrlConnection() {
		return new RestTemplate(new SimpleClientHttpRequestFactory());
	}

	RestTemplate overHttpClient() {
		return new RestTemplate(new JdkClientHttpRequestFactory(this.client));
	}

	RestClient restClient() {
		return RestClient.create(overHttpClient());
	}

	@Blocks(rule = "http-request", api = "org.springframework.web.client.RestTemplate.getForObject",
			given = "overUrlConnection")
	void restTemplateOverUrlConnection(RestTemplate template) {
		template.getForObject(this.uri, String.class);
	}

	@Blocks(rule = "http-request", api = "org.springframework.web.client.RestTemplate.getForObject",
			given = "overHttpClient")
	void restTemplateOverHttpClient(RestTemplate template) {
		template.getForObject(this.uri, String.class);
	}

	@Blocks(rule = "http-request", api = "org.springframework.web.client.RestTemplate.exchange",
			given = "overHttpClient")
	void restTemplateExchange(RestTemplate template) {
		template.exchange(this.uri, HttpMethod.GET, null, String.class);
	}

	@Blocks(rule = "http-request", api = "org.springframework.web.client.RestClient.ResponseSpec.body",
			given = "restClient")
	void restClientBody(RestClient client) {
		client.get().uri(this.uri).retrieve().body(String.class);
	}

	@Blocks(rule = "http-request", api = "org.springframework.web.client.RestClient.RequestHeadersSpec.exchange",
			given = "restClient")
	void restClientExchange(RestClient client) {
		client.get().uri(this.uri).exchange((request, response) -> response.getStatusCode());
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
