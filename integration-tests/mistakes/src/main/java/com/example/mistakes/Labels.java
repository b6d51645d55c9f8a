package com.example.mistakes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Labels in a file, served by a functional route.
 */
@Configuration(proxyBeanMethods = false)
class Labels {

	private final Path file;

	Labels() throws IOException {
		this.file = Files.writeString(Files.createTempFile("label", null), "fragile");
		this.file.toFile().deleteOnExit();
	}

	@Bean
	RouterFunction<ServerResponse> labelRoutes() {
		return RouterFunctions.route().GET("/labels/{article}", this::label).build();
	}

	private Mono<ServerResponse> label(ServerRequest request) {
		return ServerResponse.ok().bodyValue(read(request.pathVariable("article")));
	}

	String read(String article) {
		try {
			return article + " " + Files.readString(this.file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
