package io.github.loopguard.detect.flight;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told of events.
 */
class EventReporterTests {

	private static final long BEGIN = System.nanoTime();

	private static final long MILLIS = TimeUnit.MILLISECONDS.toNanos(1);

	private final Ledger ledger = new Ledger(Catalog.shipped());

	private final OccurrenceRecorder recorder = new OccurrenceRecorder(Catalog.shipped(), this.ledger,
			ApplicationPackages.of(List.of("com.acme")), Policy.defaults(Catalog.shipped()));

	private final EventReporter reporter = new EventReporter(new StaticAllowances(List::of),
			(thread) -> getClass().getClassLoader(), (begin, end) -> 0);

	/**
	 * On a machine that is busy, an event loop loses the CPU in the middle of one.
	 */
	@ParameterizedTest
	@CsvSource({ "SOCKET_WRITE, io.netty.channel.socket.nio.NioSocketChannel, doWrite",
			"SOCKET_READ, io.netty.buffer.AdaptivePoolingAllocator$AdaptiveByteBuf, setBytes",
			"SOCKET_WRITE, io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel, doWrite" })
	void nettyDoesNotBlockOnItsConnections(EventKind kind, String className, String method) {
		report(kind, frame(className, method),
				frame(className.replaceFirst("io.netty.buffer.*", "io.netty.channel.socket.nio.NioSocketChannel"),
						"doReadBytes"),
				frame("io.netty.channel.AbstractChannel$AbstractUnsafe", "flush0"),
				frame("com.acme.Handler", "channelRead"));
		assertThat(this.ledger.violations()).isEmpty();
	}

	@Test
	void handlerMayBlockOnAConnectionOfItsOwn() {
		report(EventKind.SOCKET_READ, frame("com.acme.Handler", "channelRead"),
				frame("io.netty.channel.AbstractChannelHandlerContext", "fireChannelRead"),
				frame("io.netty.channel.socket.nio.NioSocketChannel", "read"));
		assertThat(this.ledger.violations()).extracting(Violation::rule).containsExactly("socket-read");
	}

	private void report(EventKind kind, StackTraceElement... callers) {
		StackTraceElement call = new StackTraceElement(null, "java.base", null, "sun.nio.ch.SocketChannelImpl",
				(kind == EventKind.SOCKET_READ) ? "read" : "write", null, 1);
		List<StackTraceElement> stack = new ArrayList<>(List.of(callers));
		stack.add(0, call);
		this.reporter.report(this.recorder.outside(),
				new FlightEvent(kind, 42, "loop", BEGIN, BEGIN + 20 * MILLIS, stack, "127.0.0.1:1", null),
				FlightRecorderSettings.DEFAULTS);
	}

	private static StackTraceElement frame(String className, String method) {
		return new StackTraceElement("app", null, null, className, method, null, 7);
	}

}
