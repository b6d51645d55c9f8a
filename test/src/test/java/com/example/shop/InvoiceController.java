package com.example.shop;

import java.util.concurrent.ScheduledExecutorService;

import io.netty.util.internal.ThreadExecutorMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * Handles requests in the common shapes.
 */
@RestController
public class InvoiceController {

	private final BlockingBridge bridge;

	InvoiceController(BlockingBridge bridge) {
		this.bridge = bridge;
	}

	@GetMapping("/invoices/{shape}")
	Mono<String> invoice(@PathVariable String shape) {
		Mono<String> text = switch (shape) {
			case "plain" -> Blocking.plain();
			case "onErrorReturn" -> Blocking.onErrorReturn();
			case "onErrorContinue" -> Blocking.onErrorContinue();
			case "catchThrowable" -> Blocking.catchThrowable();
			case "retryWithFallback" -> Blocking.retryWithFallback();
			case "fireAndForget" -> Blocking.fireAndForget(Schedulers.immediate());
			case "schedule" -> Blocking.schedule(loop());
			case "fixed" -> this.bridge.call(Blocking::read);
			default -> Mono.just("no such shape");
		};
		return text.map((it) -> Thread.currentThread().getName());
	}

	@PostMapping("/invoices")
	Mono<String> store(@RequestBody Mono<String> body) {
		return body.map((text) -> text + Blocking.read().length());
	}

	@PostMapping("/echo")
	Mono<String> echo(@RequestBody Mono<String> body) {
		return body;
	}

	private static Scheduler loop() {
		ScheduledExecutorService loop = ThreadExecutorMap.currentExecutor();
		return (loop != null) ? Schedulers.fromExecutorService(loop) : Schedulers.parallel();
	}

}
