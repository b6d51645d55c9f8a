package com.example.clients;

import org.springframework.core.io.FileSystemResource;
import reactor.core.publisher.Mono;

/**
 * Code with a method reference, which is loaded when Loopguard is there.
 */
final class FormerReferences {

	private FormerReferences() {
	}

	static Mono<Boolean> look() {
		return Mono.just(new FileSystemResource("pom.xml")).map(FileSystemResource::exists);
	}

}
