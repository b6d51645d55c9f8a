package io.github.loopguard.bridge;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * A {@code Mono} that opens a session and emits it while its thread stays with it.
 *
 * @param <R> type of the resource
 */
final class SessionOpen<R> extends Mono<SessionTask<R>> {

	private final LaneEngine engine;

	private final @Nullable Object key;

	private final Callable<? extends R> open;

	SessionOpen(LaneEngine engine, @Nullable Object key, Callable<? extends R> open) {
		this.engine = engine;
		this.key = key;
		this.open = open;
	}

	@Override
	public void subscribe(CoreSubscriber<? super SessionTask<R>> actual) {
		actual.onSubscribe(new SessionTask<>(this.engine, this.key, this.open, actual));
	}

}
