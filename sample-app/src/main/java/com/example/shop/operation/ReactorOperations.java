package com.example.shop.operation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.PostMapping;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * Waits for publishers, and computes for so long that others must wait.
 */
@Area(name = "Waiting")
class ReactorOperations {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final PasswordEncoder passwords = new BCryptPasswordEncoder();

	private final BlockingBridge bridge;

	ReactorOperations(BlockingBridge bridge) {
		this.bridge = bridge;
	}

	@PostMapping("/mono-block/blocking")
	@Blocks(api = "Mono.block()", rule = "reactive-block")
	String monoBlock() {
		return Mono.delay(Duration.ofMillis(25)).thenReturn("an offer").block();
	}

	@PostMapping("/mono-block/fixed")
	Mono<String> monoBlockFixed() {
		return Mono.delay(Duration.ofMillis(25)).thenReturn("an offer");
	}

	@PostMapping("/flux-block-last/blocking")
	@Blocks(api = "Flux.blockLast()", rule = "reactive-block")
	String fluxBlockLast() {
		return Flux.just("kettle", "teapot").delayElements(Duration.ofMillis(5)).blockLast();
	}

	@PostMapping("/flux-block-last/fixed")
	Mono<String> fluxBlockLastFixed() {
		return Flux.just("kettle", "teapot").delayElements(Duration.ofMillis(5)).last();
	}

	@PostMapping("/flux-to-iterable/blocking")
	@Blocks(api = "Flux.toIterable()", rule = "reactive-block")
	String fluxToIterable() {
		StringBuilder basket = new StringBuilder();
		for (String article : Flux.just("kettle", "teapot").toIterable()) {
			basket.append(article).append(' ');
		}
		return basket.toString();
	}

	@PostMapping("/flux-to-iterable/fixed")
	Mono<String> fluxToIterableFixed() {
		return Flux.just("kettle", "teapot").reduce("", (basket, article) -> basket + article + " ");
	}

	@PostMapping("/compute/blocking")
	@Blocks(api = "200 ms of computation", rule = "loop-stall")
	String compute() {
		long end = THREADS.getCurrentThreadCpuTime() + Duration.ofMillis(200).toNanos();
		BigInteger price = BigInteger.ONE;
		while (THREADS.getCurrentThreadCpuTime() < end) {
			price = price.nextProbablePrime();
		}
		return "computed " + price;
	}

	@PostMapping("/compute/fixed")
	Mono<String> computeFixed() {
		return this.bridge.cpu(() -> {
			long end = THREADS.getCurrentThreadCpuTime() + Duration.ofMillis(200).toNanos();
			BigInteger price = BigInteger.ONE;
			while (THREADS.getCurrentThreadCpuTime() < end) {
				price = price.nextProbablePrime();
			}
			return "computed " + price;
		});
	}

	@PostMapping("/password/blocking")
	@Blocks(api = "PasswordEncoder.encode(password)", rule = "cpu-heavy")
	String password() {
		return this.passwords.encode("a password");
	}

	@PostMapping("/password/fixed")
	Mono<String> passwordFixed() {
		return this.bridge.cpu(() -> this.passwords.encode("a password"));
	}

}
