package io.github.loopguard.autoconfigure.web;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The context of a request is one like any other, and costs next to nothing to copy.
 */
class TrackedRequestTests {

	private static final Context OTHERS = Context.of("observation", 1, "locale", 2);

	private static final int COPIES = 5_000;

	private static final TrackedRequest OTHER = request(Context.of("session", 4));

	/**
	 * What is done to the context of a request, directly or by Reactor's operators.
	 */
	static Stream<UnaryOperator<Context>> changes() {
		return Stream.of((context) -> context, (context) -> context.put("discard", 3),
				(context) -> context.put("locale", 3), (context) -> context.put(TrackedRequest.KEY, OTHER),
				(context) -> context.put(TrackedRequest.KEY, OTHER).put("discard", 3),
				(context) -> context.delete("locale"), (context) -> context.delete("missing"),
				(context) -> context.delete(TrackedRequest.KEY),
				(context) -> context.delete("locale").delete("observation").delete(TrackedRequest.KEY),
				(context) -> context.putAll(view(Context.empty())),
				(context) -> context.putAll(view(Context.of("locale", 3, "discard", 4))),
				(context) -> context.putAll(view(Context.of(TrackedRequest.KEY, OTHER, "locale", 3))),
				(context) -> context.putAll(view(OTHER.currentContext())),
				(context) -> context.putAll(OTHER.currentContext().readOnly()),
				(context) -> context.putAll(context.readOnly()), (context) -> Context.empty().putAll(view(context)),
				(context) -> Context.of("locale", 3, "discard", 4).putAll(view(context)),
				(context) -> OTHER.currentContext().putAll(view(context)),
				(context) -> context.putAllMap(Map.of("a", 1, "b", 2, "c", 3, "d", 4)).put("e", 5).delete("a"),
				(context) -> request(context).currentContext().put(TrackedRequest.KEY, OTHER),
				(context) -> request(context).currentContext().delete(TrackedRequest.KEY));
	}

	@ParameterizedTest
	@MethodSource("changes")
	void hasAContextLikeReactors(UnaryOperator<Context> change) {
		TrackedRequest request = request(OTHERS);
		ContextView changed = change.apply(request.currentContext());
		ContextView expected = change.apply(OTHERS.put(TrackedRequest.KEY, request));
		assertThat(entries(changed)).isEqualTo(entries(expected));
		assertThat(changed.size()).isEqualTo(expected.size());
		assertThat(changed.isEmpty()).isEqualTo(expected.isEmpty());
		entries(expected).forEach((key, value) -> assertThat(changed.<Object>get(key)).isEqualTo(value));
		assertThat(WorkedFor.request(changed)).isSameAs(WorkedFor.request(expected));
		assertThat(changed.hasKey("missing")).isFalse();
		assertThat(changed.getOrEmpty("missing")).isEmpty();
	}

	@Test
	void isItselfWhereItsContextHadAnother() {
		TrackedRequest request = request(OTHER.currentContext());
		assertThat(entries(request.currentContext())).containsOnly(Map.entry("session", 4),
				Map.entry(TrackedRequest.KEY, request));
		assertThat(WorkedFor.request(Context.empty().putAll(view(request.currentContext())))).isSameAs(request);
	}

	/**
	 * WebFlux copies the context several times for each request.
	 */
	@Test
	void makesACopyOfTheContextByAFewBytesLarger() {
		Context without = OTHERS.put("discard", 3);
		Context with = request(without).currentContext();
		copy(without);
		copy(with);
		assertThat(copy(with) - copy(without)).isLessThanOrEqualTo(48);
	}

	/**
	 * Returns how many bytes it takes to replace an entry.
	 */
	private static long copy(Context context) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		Context copy = context;
		for (int i = 0; i < COPIES; i++) {
			copy = copy.put("discard", context);
		}
		assertThat(copy.size()).isEqualTo(context.size());
		return (threads.getCurrentThreadAllocatedBytes() - before) / COPIES;
	}

	private static Map<Object, Object> entries(ContextView context) {
		return context.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static TrackedRequest request(Context context) {
		CoreSubscriber<Void> subscriber = new BaseSubscriber<>() {

			@Override
			public Context currentContext() {
				return context;
			}
		};
		return new TrackedRequest(subscriber, MockServerHttpRequest.get("/").build());
	}

	private static ContextView view(Context context) {
		return context;
	}

}
