package io.github.loopguard.detect;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import com.example.optional.Calls;
import com.example.optional.Fetching;
import com.example.optional.ReducedLoader;
import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Kind;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Finding;
import io.github.loopguard.policy.Finding.CallStack;
import io.github.loopguard.policy.Policy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The door for detectors that find an occurrence when it is over.
 */
class OccurrenceRecorderTests {

	private static final StackTraceElement CALLER = new StackTraceElement("com.acme.Cache", "refresh", "Cache.java", 7);

	private final Catalog catalog = Catalog.shipped();

	private final Ledger ledger = new Ledger(this.catalog);

	@Test
	void findingWithADurationIsDecidedCountedAndTold() {
		List<String> told = new ArrayList<>();
		OccurrenceRecorder recorder = recorder(Policy.defaults(this.catalog));
		recorder.listener(listener(told));
		recorder.outside().record(finding(), 1, 0, 80_000_000);
		assertThat(this.ledger.violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.detectors()).containsExactly("loop-monitor");
			assertThat(violation.action()).isEqualTo(Action.LOG);
			assertThat(violation.held().max()).isEqualTo(Duration.ofMillis(80));
			assertThat(violation.threads()).containsExactly("loop-1");
		});
		assertThat(told).containsExactly("begun GET /caches", "ended 80000000");
	}

	@Test
	void listenerIsToldTheThreadAndTheStackOfTheLoopThatIsHeld() {
		List<String> threads = new ArrayList<>();
		List<StackTraceElement> stack = new ArrayList<>();
		OccurrenceRecorder recorder = recorder(Policy.defaults(this.catalog));
		recorder.listener((counter, request) -> {
			threads.add(OccurrenceListener.threadOfCall());
			stack.addAll(OccurrenceListener.stackOfCall());
			return null;
		});
		recorder.outside().record(finding(), 1, 0, Duration.ofMillis(80).toNanos());
		assertThat(threads).containsExactly("loop-1");
		assertThat(stack).containsExactly(CALLER);
		assertThat(OccurrenceListener.threadOfCall()).isEqualTo(Thread.currentThread().getName());
	}

	@Test
	void callThatIsToFailIsHeldBackBecauseItIsFoundTooLate() {
		OccurrenceRecorder recorder = recorder(
				new Policy(this.catalog, Map.of("file-read", Map.of(Origin.APPLICATION, Action.FAIL))));
		recorder.outside().record(finding(), 1, 0, Duration.ofMillis(80).toNanos());
		assertThat(this.ledger.violations()).singleElement()
			.satisfies((violation) -> assertThat(violation.heldBack()).isEqualTo(1));
	}

	@Test
	void findingThatAnAllowanceCoversIsOnlyCountedAsAllowed() {
		Allowance allowance = new Allowance("cache", null, "com.acme.Cache", "refresh", Allowance.Category.TOLERATED,
				"once a day", Allowance.USER, null, null, null);
		List<String> told = new ArrayList<>();
		OccurrenceRecorder recorder = recorder(
				new Policy(this.catalog, Map.of(), Allowances.NONE.with(List.of(allowance))));
		recorder.listener(listener(told));
		recorder.outside().record(finding(), 1, 0, 80_000_000);
		assertThat(this.ledger.violations()).isEmpty();
		assertThat(this.ledger.allowed("cache")).isEqualTo(1);
		assertThat(this.ledger.totals().allowed()).isEqualTo(1);
		assertThat(told).isEmpty();
	}

	@Test
	void findingThatIsTurnedOffLeavesNothing() {
		OccurrenceRecorder recorder = recorder(
				new Policy(this.catalog, Map.of("file-read", Map.of(Origin.APPLICATION, Action.OFF))));
		recorder.outside().record(finding(), 1, 0, 80_000_000);
		assertThat(this.ledger.violations()).isEmpty();
		assertThat(this.ledger.totals().occurrences()).isZero();
	}

	@Test
	void listenerThatFailsLeavesNothingOpen() {
		OccurrenceRecorder recorder = recorder(Policy.defaults(this.catalog));
		List<String> told = new ArrayList<>();
		recorder.listener((counter, request) -> {
			told.add("begun");
			return new FailingProgress();
		});
		int leaf = leaf();
		onLoop(() -> {
			for (int i = 0; i < 2; i++) {
				recorder.enter(leaf);
				recorder.exit(leaf);
			}
			recorder.marked(Hook.declared("operation"));
		});
		assertThat(told).hasSize(3);
		assertThat(recorder.failures()).isEqualTo(3);
	}

	/**
	 * Where the returns are missed because something is broken for ever, so may be giving
	 * up.
	 */
	@Test
	void callIsFoundAlsoWhereTheOneBeforeCannotBeGivenUp() {
		OccurrenceRecorder recorder = recorder(Policy.defaults(this.catalog));
		List<String> told = new ArrayList<>();
		recorder.listener((counter, request) -> {
			told.add("begun");
			return new FailingProgress();
		});
		int leaf = leaf();
		onLoop(() -> {
			for (int i = 0; i < 4; i++) {
				recorder.enter(leaf);
				LoopThreads.current().suspect = true;
			}
			LoopThreads.forget();
		});
		assertThat(told).hasSize(4);
		assertThat(recorder.failures()).isEqualTo(3);
	}

	@Test
	void sourceOfRequestsThatFailsLeavesThemUnknown() {
		OccurrenceRecorder recorder = recorder(Policy.defaults(this.catalog));
		assertThat(recorder.problem()).isNull();
		recorder.requestSource(() -> {
			throw new NoSuchMethodError("route");
		});
		int leaf = leaf();
		onLoop(() -> {
			recorder.enter(leaf);
			recorder.exit(leaf);
		});
		assertThat(this.ledger.violations()).singleElement()
			.satisfies((violation) -> assertThat(violation.route()).isNull())
			.satisfies((violation) -> assertThat(violation.held().count()).isEqualTo(1));
		assertThat(recorder.failures()).isZero();
		assertThat(recorder.problem()).contains("requests are unknown", NoSuchMethodError.class.getName());
	}

	@Test
	void sourceOfRequestsIsToldOfCallsThatTookNoticeablyLong() {
		OccurrenceRecorder recorder = recorder(Policy.defaults(this.catalog));
		List<Long> told = new ArrayList<>();
		recorder.requestSource(new RequestSource() {

			@Override
			public Request current() {
				return Request.NONE;
			}

			@Override
			public void ended(OccurrenceCounter call, long nanos) {
				told.add(nanos);
				throw new NoClassDefFoundError("Observation");
			}

		});
		int leaf = leaf();
		onLoop(() -> {
			recorder.enter(leaf);
			long since = System.nanoTime();
			while (System.nanoTime() - since < 2_000_000) {
				Thread.onSpinWait();
			}
			recorder.exit(leaf);
		});
		assertThat(told).singleElement().satisfies((nanos) -> assertThat(nanos).isGreaterThanOrEqualTo(2_000_000));
		assertThat(this.ledger.violations()).singleElement()
			.satisfies((violation) -> assertThat(violation.held().count()).isEqualTo(1));
		assertThat(recorder.failures()).isZero();
		assertThat(recorder.problem()).contains(NoClassDefFoundError.class.getName());
	}

	@Test
	void supertypeThatNamesAnAbsentClassCostsNoOccurrence() throws Exception {
		Catalog catalog = this.catalog.with("http-request",
				List.of(Hook.added("http-request", "com.example.optional.Client", "fetch")));
		OccurrenceRecorder recorder = new OccurrenceRecorder(catalog, this.ledger, ApplicationPackages.NONE,
				Policy.defaults(catalog));
		int hook = IntStream.range(0, catalog.hooks().size())
			.filter((id) -> catalog.hooks().get(id).className().equals("com.example.optional.Client"))
			.findFirst()
			.orElseThrow();
		Fetching client = new ReducedLoader().client();
		onLoop(() -> client.fetch(() -> {
			recorder.enter(hook);
			recorder.exit(hook);
		}));
		assertThat(this.ledger.violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.rule()).isEqualTo("http-request");
			assertThat(violation.api()).isEqualTo("com.example.optional.Fetching.fetch");
			assertThat(violation.count()).isOne();
		});
		assertThat(recorder.failures()).isZero();
	}

	@Test
	void whatRecordingThrowsNeverSurfacesAndIsSaidUntilItWorksAgain() {
		OccurrenceRecorder recorder = recorder(Policy.defaults(this.catalog));
		AtomicReference<Error> thrown = new AtomicReference<>();
		OccurrenceListener listener = listener(new ArrayList<>());
		recorder.listener((counter, request) -> {
			if (thrown.get() != null) {
				throw thrown.get();
			}
			return listener.begun(counter, request);
		});
		int leaf = leaf();
		for (Error error : List.of(new OutOfMemoryError("heap"), new StackOverflowError("stack"),
				new AssertionError("other"))) {
			long before = recorder.failures();
			thrown.set(error);
			onLoop(() -> {
				recorder.enter(leaf);
				recorder.exit(leaf);
				recorder.marked(Hook.declared("operation"));
			});
			assertThat(recorder.failures() - before).isEqualTo(2);
			assertThat(recorder.problem()).contains(error.toString());
			thrown.set(null);
			long counted = this.ledger.totals().occurrences();
			onLoop(() -> {
				recorder.enter(leaf);
				recorder.exit(leaf);
			});
			assertThat(recorder.problem()).isNull();
			assertThat(this.ledger.totals().occurrences() - counted).isOne();
		}
	}

	@Test
	void callThatIsAllowedAsAWholeIsWalkedOnce() {
		Hook entry = Hook.added("http-request", "com.example.optional.Calls", "call");
		Catalog catalog = this.catalog.with("http-request",
				List.of(new Hook(entry.rule(), Kind.ENTRY, entry.className(), entry.methodName(), null, null, null,
						true, false, Hook.Use.NONE, null, entry.condition(), entry.availability(), null)));
		Allowance allowance = new Allowance("calls", null, "com.example.optional.Calls", "caller",
				Allowance.Category.TOLERATED, "rare", Allowance.USER, null, null, null);
		OccurrenceRecorder recorder = new OccurrenceRecorder(catalog, this.ledger, ApplicationPackages.NONE,
				new Policy(catalog, Map.of(), Allowances.NONE.with(List.of(allowance))));
		int hook = IntStream.range(0, catalog.hooks().size())
			.filter((id) -> catalog.hooks().get(id).className().equals("com.example.optional.Calls"))
			.findFirst()
			.orElseThrow();
		int leaf = leaf();
		long one = allocatedBy(recorder, hook, leaf, 1);
		long many = allocatedBy(recorder, hook, leaf, 1_000);
		assertThat(this.ledger.allowed("calls")).isEqualTo(2 * 200);
		assertThat(this.ledger.violations()).isEmpty();
		assertThat(many - one).as("allocated for %d, for %d", one, many).isLessThan(100 * 2_000);
	}

	/**
	 * Returns how many bytes calls with so many leaves each allocate, in the second
	 * hundred.
	 */
	private static long allocatedBy(OccurrenceRecorder recorder, int hook, int leaf, int leaves) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long[] allocated = new long[2];
		Runnable call = () -> {
			recorder.enter(hook);
			for (int i = 0; i < leaves; i++) {
				recorder.enter(leaf);
				recorder.exit(leaf);
			}
			recorder.exit(hook);
		};
		onLoop(() -> {
			for (int half = 0; half < 2; half++) {
				long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
				for (int i = 0; i < 100; i++) {
					Calls.caller(call);
				}
				allocated[half] = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
			}
		});
		return allocated[1];
	}

	private static void onLoop(Runnable task) {
		Mono.fromRunnable(task).subscribeOn(Schedulers.parallel()).block(Duration.ofSeconds(10));
	}

	private int leaf() {
		return IntStream.range(0, this.catalog.hooks().size())
			.filter((id) -> this.catalog.hooks().get(id).kind() == Kind.LEAF)
			.findFirst()
			.orElseThrow();
	}

	private OccurrenceRecorder recorder(Policy policy) {
		return new OccurrenceRecorder(this.catalog, this.ledger, ApplicationPackages.NONE, policy);
	}

	private static OccurrenceListener listener(List<String> told) {
		return (OccurrenceCounter counter, RequestSource request) -> {
			told.add("begun " + request.current().route());
			return new OccurrenceListener.Progress() {
				@Override
				public void heldBack() {
					told.add("held back");
				}

				@Override
				public void prevented() {
					told.add("prevented");
				}

				@Override
				public void ended(long nanos) {
					told.add("ended " + nanos);
				}

				@Override
				public void givenUp() {
					told.add("given up");
				}
			};
		};
	}

	private static Finding finding() {
		Frame site = Frame.of(CALLER);
		return new Finding("loop-monitor", "file-read", "java.nio.file.Files.readString", null, Origin.APPLICATION,
				site, site, null, false, new CallStack(List.of(CALLER), 1, List.of()), "loop-1", "GET /caches", null);
	}

	private static final class FailingProgress implements OccurrenceListener.Progress {

		@Override
		public void heldBack() {
		}

		@Override
		public void prevented() {
		}

		@Override
		public void ended(long nanos) {
			throw new IllegalStateException("ended");
		}

		@Override
		public void givenUp() {
			throw new IllegalStateException("given up");
		}

	}

}
