package com.example.threads;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.example.threads.LibraryThread.Kind;
import com.example.threads.LibraryThread.Visit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.EventLoops;
import io.github.loopguard.detect.HookProbe;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which threads of real libraries are event loops.
 */
class ThreadTableTests {

	@BeforeAll
	static void install() {
		assertThat(Loopguard.instance().install(ApplicationPackages.of(List.of("com.example"))))
			.filteredOn((detector) -> detector.name().equals("blockhound"))
			.containsExactly(new DetectorStatus("blockhound", DetectorStatus.State.ACTIVE, null));
	}

	/**
	 * Classes that are loaded because code runs for the first time tell nothing about a
	 * thread, nor do locks that are contended for less than a millisecond, which are
	 * observed only: the JDK's HTTP client has one that it shuts down under.
	 */
	@AfterAll
	static void nothingIsReportedOfIdleThreads() {
		assertThat(Loopguard.instance().ledger().violations())
			.filteredOn((violation) -> !violation.rule().equals("class-loading"))
			.filteredOn((violation) -> !violation.rule().equals("thread-park") || violation.action() != Action.OBSERVE)
			.isEmpty();
	}

	static Stream<LibraryThread> threads() {
		return ThreadTable.here().stream();
	}

	@Test
	void theDocumentSaysTheSame() throws Exception {
		String document = ThreadDocument.read();
		List<LibraryThread> threads = ThreadTable.all();
		Set<String> bare = BareBlockHound.inAJvmOfItsOwn();
		assertThat(threads).filteredOn((thread) -> thread.kind() == Kind.POOL && bare.contains(thread.toString()))
			.extracting(LibraryThread::toString)
			.as("pools that only BlockHound takes for event loops")
			.containsExactly("Netty, `DefaultEventExecutorGroup`, for handlers that block",
					"Netty, `UnorderedThreadPoolEventExecutor`", "Netty, any other pool with a `DefaultThreadFactory`",
					"gRPC (its own Netty), `DefaultEventExecutorGroup`", "Pulsar, message listeners",
					"Pulsar, the client's own work", "Lettuce, events, results with `publishOnScheduler`");
		String expected = ThreadDocument.with(document, threads, bare);
		if (Boolean.getBoolean("loopguard.regenerate")) {
			Files.writeString(ThreadDocument.PATH, expected);
		}
		else {
			assertThat(document).isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@MethodSource("threads")
	void aThreadIsWhatTheTableSays(LibraryThread thread) throws Exception {
		Visit<Answers> visit = thread.visit(() -> new Answers(EventLoops.isCurrent(),
				!HookProbe.run(ThreadTableTests::sleep).isEmpty(), allocatedByAsking(1000)));
		assertThat(visit.threadName()).as(thread.toString())
			.satisfies((name) -> assertThat(thread.isNamed(name)).as(name).isTrue());
		boolean loop = thread.kind() == Kind.EVENT_LOOP;
		assertThat(visit.result().eventLoop()).as("%s is an event loop", thread).isEqualTo(loop);
		assertThat(visit.result().watched()).as("%s is watched", thread).isEqualTo(loop);
		assertThat(visit.result().allocated()).as("bytes for 1,000 questions").isLessThan(1000);
	}

	private static Object sleep() throws InterruptedException {
		Thread.sleep(1);
		return "slept";
	}

	/**
	 * Asks twice, because the first questions about a kind of thread find out how to ask.
	 */
	private static long allocatedByAsking(int times) {
		com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		ask(times);
		long before = threads.getCurrentThreadAllocatedBytes();
		ask(times);
		return threads.getCurrentThreadAllocatedBytes() - before;
	}

	private static void ask(int times) {
		for (int i = 0; i < times; i++) {
			EventLoops.isCurrent();
		}
	}

	/**
	 * What is said about a thread.
	 *
	 * @param eventLoop whether it is an event loop for whoever asks, such as the bridge
	 * @param watched whether its blocking calls are found
	 * @param allocated bytes that asking allocates
	 */
	private record Answers(boolean eventLoop, boolean watched, long allocated) {
	}

}
