package com.example.clients;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Makes a call on the event loop that serves the request.
 */
@RestController
class CallController {

	private final List<Calls> calls;

	CallController(List<Calls> calls) {
		this.calls = calls;
	}

	@GetMapping("/call/{type}/{method}")
	Mono<String> call(@PathVariable String type, @PathVariable String method) throws IllegalAccessException {
		if (!Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException("Not on an event loop: " + Thread.currentThread());
		}
		Calls target = this.calls.stream().filter((it) -> it.getClass().getSimpleName().equals(type)).findFirst().get();
		Method called = Arrays.stream(target.getClass().getDeclaredMethods())
			.filter((it) -> it.getName().equals(method))
			.findFirst()
			.get();
		try {
			called.invoke(target);
			return Mono.just("answered");
		}
		catch (InvocationTargetException ex) {
			return Mono.just("failed: " + ex.getTargetException());
		}
	}

}
