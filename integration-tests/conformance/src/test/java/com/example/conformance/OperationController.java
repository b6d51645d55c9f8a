package com.example.conformance;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * Runs an operation as an application would: on the event loop, or through the bridge.
 */
@RestController
class OperationController {

	private final BlockingBridge bridge;

	private final Map<String, Operation> operations;

	private final List<Operation> absent;

	private final Map<String, Object> given = new ConcurrentHashMap<>();

	OperationController(BlockingBridge bridge, List<Operations> areas) {
		this.bridge = bridge;
		this.operations = areas.stream()
			.flatMap((area) -> Operation.of(area).stream())
			.collect(Collectors.toUnmodifiableMap(Operation::id, Function.identity()));
		this.absent = areas.stream()
			.flatMap((area) -> Operation.all(area).stream())
			.filter((operation) -> !operation.isPresent())
			.toList();
	}

	/**
	 * Returns the operations that this JDK lacks.
	 */
	List<Operation> absent() {
		return this.absent;
	}

	List<Operation> operations() {
		return this.operations.values().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
	}

	void give(Operation operation, @Nullable Object given) {
		if (given != null) {
			this.given.put(operation.id(), given);
		}
	}

	@GetMapping("/blocking/{id}")
	Mono<String> blocking(@PathVariable String id) {
		return Mono.just(run(id));
	}

	@GetMapping("/fixed/{id}")
	Mono<String> fixed(@PathVariable String id) {
		return this.bridge.call(() -> run(id));
	}

	private String run(String id) {
		try {
			this.operations.get(id).run(this.given.remove(id));
			return Thread.currentThread().getName();
		}
		catch (Throwable ex) {
			return ex.toString();
		}
	}

}
