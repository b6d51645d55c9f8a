package com.example.contexts;

import java.io.File;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * An application that is started several times in one JVM.
 */
@SpringBootApplication
class ContextsApplication {

	/**
	 * Event loops of its own, which closing another context does not take away.
	 */
	@Bean
	ReactorResourceFactory reactorResourceFactory() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		return resources;
	}

	@RestController
	static class Routes {

		@GetMapping("/stat")
		Mono<Boolean> stat() {
			return Mono.just(new File("pom.xml").exists());
		}

	}

}
