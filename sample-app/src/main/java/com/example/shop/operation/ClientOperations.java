package com.example.shop.operation;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

import com.example.shop.StaffDirectory;
import com.example.shop.Supplier;
import reactor.core.publisher.Mono;

import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * Asks other services by clients that wait for the answer.
 */
@Area(name = "Clients")
class ClientOperations {

	private final Supplier supplier;

	private final StaffDirectory staff;

	private final BlockingBridge bridge;

	private final WebClient webClient;

	private final HttpClient httpClient = HttpClient.newHttpClient();

	private final RestClient restClient = RestClient.builder()
		.requestFactory(new SimpleClientHttpRequestFactory())
		.build();

	ClientOperations(Supplier supplier, StaffDirectory staff, BlockingBridge bridge, WebClient.Builder webClient) {
		this.supplier = supplier;
		this.staff = staff;
		this.bridge = bridge;
		this.webClient = webClient.build();
	}

	@PostMapping("/http-url-connection/blocking")
	@Blocks(api = "HttpURLConnection.getInputStream()", rule = "http-request")
	String httpUrlConnection() throws IOException {
		HttpURLConnection connection = (HttpURLConnection) this.supplier.price().toURL().openConnection();
		try (InputStream in = connection.getInputStream()) {
			return new String(in.readAllBytes());
		}
	}

	@PostMapping("/http-url-connection/fixed")
	Mono<String> httpUrlConnectionFixed() {
		return this.webClient.get().uri(this.supplier.price()).retrieve().bodyToMono(String.class);
	}

	@PostMapping("/http-client/blocking")
	@Blocks(api = "HttpClient.send(request, handler)", rule = "http-request")
	String httpClient() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.supplier.price()).build();
		return this.httpClient.send(request, BodyHandlers.ofString()).body();
	}

	@PostMapping("/http-client/fixed")
	Mono<String> httpClientFixed() {
		HttpRequest request = HttpRequest.newBuilder(this.supplier.price()).build();
		return Mono.fromFuture(() -> this.httpClient.sendAsync(request, BodyHandlers.ofString()))
			.map((response) -> response.body());
	}

	@PostMapping("/rest-client/blocking")
	@Blocks(api = "RestClient.retrieve()", rule = "http-request")
	String restClient() {
		return this.restClient.get().uri(this.supplier.price()).retrieve().body(String.class);
	}

	@PostMapping("/rest-client/fixed")
	Mono<String> restClientFixed() {
		return this.webClient.get().uri(this.supplier.price()).retrieve().bodyToMono(String.class);
	}

	@PostMapping("/ldap/blocking")
	@Blocks(api = "InitialContext.lookup(\"ldap://…\")", rule = "blocking-client")
	String ldap() throws NamingException {
		Context clerk = (Context) new InitialContext().lookup(this.staff.clerk());
		clerk.close();
		return "found the clerk";
	}

	@PostMapping("/ldap/fixed")
	Mono<String> ldapFixed() {
		return this.bridge.call(() -> {
			Context clerk = (Context) new InitialContext().lookup(this.staff.clerk());
			clerk.close();
			return "found the clerk";
		});
	}

}
