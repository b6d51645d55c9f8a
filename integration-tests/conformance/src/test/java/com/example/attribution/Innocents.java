package com.example.attribution;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.github.loopguard.runtime.Loopguard;

/**
 * Code of the application that stands on stacks while others block.
 */
final class Innocents {

	private Innocents() {
	}

	/**
	 * Is on the stack of every request, because its publisher subscribes in line.
	 */
	@Component
	static class PassingFilter implements WebFilter {

		/** What others were found to do before this filter's own frame returned. */
		static final AtomicLong OCCURRENCES_INSIDE = new AtomicLong();

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			return new Mono<>() {
				@Override
				public void subscribe(CoreSubscriber<? super Void> actual) {
					long before = Loopguard.instance().ledger().totals().occurrences();
					chain.filter(exchange).subscribe(actual);
					OCCURRENCES_INSIDE.addAndGet(Loopguard.instance().ledger().totals().occurrences() - before);
				}
			};
		}

	}

	/**
	 * Emits values and does not know who subscribed.
	 */
	static class Emitter {

		final Sinks.Many<String> sink = Sinks.many().multicast().directBestEffort();

		void emit(String value) {
			this.sink.tryEmitNext(value);
		}

	}

	/**
	 * Assembles a chain from a library's function.
	 */
	static class Assembler {

		void start(Sinks.Many<String> sink, UnaryOperator<String> library) {
			sink.asFlux().map(library::apply).subscribe();
		}

	}

}
