package com.example.annotated;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Has handlers that call annotated methods.
 */
@RestController
class AnnotatedController {

	private final Archive archive;

	private final Orders orders = new StoredOrders();

	AnnotatedController(Archive archive) {
		this.archive = archive;
	}

	@GetMapping("/annotated/archive")
	Mono<String> archived() {
		return Mono.just(this.archive.read());
	}

	@GetMapping("/annotated/order")
	Mono<String> order() {
		return Mono.just("7").map(this.orders::find);
	}

	@GetMapping("/annotated/counted")
	Mono<String> counted() {
		return Mono.just(this.archive.count());
	}

	@GetMapping("/annotated/slow")
	Mono<String> slow() throws InterruptedException {
		return Mono.just(this.archive.sleep());
	}

	@GetMapping("/annotated/resource")
	Mono<String> resource() {
		return Mono.just(this.archive.lookUp());
	}

	@GetMapping("/annotated/audit")
	Mono<String> audit() {
		return Mono.just(this.archive.audit());
	}

	@GetMapping("/annotated/offloaded")
	Mono<String> offloaded() {
		return Mono.fromCallable(this.archive::read).subscribeOn(Schedulers.boundedElastic());
	}

}
