package com.example.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;

import com.example.start.BlockingCode;
import com.sun.net.httpserver.HttpServer;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Has no server of its own and blocks where the answer of another one arrives.
 */
@SpringBootApplication
@Import(BlockingCode.class)
public class ClientOnly {

	public static void main(String[] args) {
		SpringApplication.run(ClientOnly.class, args);
	}

	@Bean
	ApplicationRunner asks(WebClient.Builder builder, BlockingCode code) {
		return (arguments) -> {
			HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
			server.createContext("/", (exchange) -> {
				exchange.sendResponseHeaders(200, 2);
				exchange.getResponseBody().write("ok".getBytes());
				exchange.close();
			});
			server.start();
			builder.baseUrl("http://localhost:" + server.getAddress().getPort())
				.build()
				.get()
				.retrieve()
				.bodyToMono(String.class)
				.flatMap((text) -> read(code))
				.block();
		};
	}

	private static Mono<Integer> read(BlockingCode code) {
		try {
			return Mono.just(code.read());
		}
		catch (IOException ex) {
			return Mono.error(ex);
		}
	}

}
