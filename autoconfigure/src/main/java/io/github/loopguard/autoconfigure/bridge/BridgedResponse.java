package io.github.loopguard.autoconfigure.bridge;

import java.util.function.Function;

import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

import io.github.loopguard.bridge.Lane;

/**
 * Ends the streams of lanes that the body of a response comes from with the response.
 * WebFlux does not cancel a body of several elements if its client goes away before the
 * first is written; its streams would stay open for ever.
 */
final class BridgedResponse extends ServerHttpResponseDecorator {

	BridgedResponse(ServerHttpResponse response) {
		super(response);
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return (body instanceof Mono) ? super.writeWith(body) : write(body, super::writeWith);
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return write(body, super::writeAndFlushWith);
	}

	private static <T> Mono<Void> write(Publisher<T> body, Function<Publisher<T>, Mono<Void>> write) {
		return Mono.defer(() -> {
			Disposable.Composite scope = Disposables.composite();
			return write.apply(Flux.from(body).contextWrite((context) -> context.put(Lane.SCOPE, scope)))
				.doFinally((signal) -> scope.dispose());
		});
	}

}
