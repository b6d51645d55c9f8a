package com.example.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.acme.template.Template;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Calls whose stacks depend on how the application is packaged.
 */
@RestController
@RequestMapping("/calls")
class Calls {

	/** Larger than what a packaging may keep in memory. */
	private static final String PAGE = "reactor/core/publisher/Flux.class";

	@GetMapping("/template")
	Mono<String> template() {
		return Mono.fromCallable(Template.byStream(PAGE));
	}

	@GetMapping("/template-by-url")
	Mono<String> templateByUrl() {
		return Mono.fromCallable(Template.byUrl(PAGE));
	}

	@GetMapping("/decorated-template")
	Mono<String> decoratedTemplate() {
		return Mono.fromCallable(decorated(Template.byStream(PAGE)));
	}

	@GetMapping("/own-template")
	Mono<String> ownTemplate() throws IOException {
		return Mono.just(Template.byStream(PAGE).call());
	}

	@GetMapping("/resource")
	Mono<String> resource() throws IOException {
		return Mono.just(new ClassPathResource(PAGE).getContentAsString(StandardCharsets.ISO_8859_1));
	}

	@GetMapping("/lambda")
	Mono<String> lambda() {
		return Mono.fromCallable(() -> Files.readString(Path.of(System.getProperty("java.home"), "release")));
	}

	private static <T> Callable<T> decorated(Callable<T> task) {
		return () -> task.call();
	}

}
