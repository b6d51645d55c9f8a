package com.example.annotated;

import java.util.function.Supplier;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls annotated methods.
 */
final class Callers {

	private Callers() {
	}

	static String find(Orders orders) {
		return orders.find("7");
	}

	static String first(Orders orders) {
		return orders.first();
	}

	static String cached(Orders orders) {
		return orders.cached("7");
	}

	static String read(Archive archive) {
		return archive.read();
	}

	static <T> T save(Store<T> store, T value) {
		return store.save(value);
	}

	static String saveText(Store.OfText store) {
		return store.save("text");
	}

	static String inLambda(Archive archive) {
		Supplier<String> supplier = () -> archive.read();
		return supplier.get();
	}

	static String byReference(Archive archive) {
		return call(archive::read);
	}

	static Disposable inOperator(Orders orders) {
		return Mono.just("7").map(orders::find).subscribe();
	}

	static Disposable inLambdaOfOperator(Orders orders) {
		return Flux.just("7").map((id) -> orders.find(id)).subscribe();
	}

	static String overload(Archive archive) {
		return new Overloads().read(archive);
	}

	private static String call(Supplier<String> supplier) {
		return supplier.get();
	}

	/**
	 * Has a method that blocks with the same name as its caller.
	 */
	static final class Overloads {

		String read(Archive archive) {
			return read(archive, 2);
		}

		@io.smallrye.common.annotation.Blocking
		String read(Archive archive, int times) {
			return archive.read().repeat(times);
		}

	}

}
