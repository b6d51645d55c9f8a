package io.github.loopguard.detect.flight;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongBinaryOperator;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Frame;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.detect.OutsideCalls;
import io.github.loopguard.detect.history.PastCall;
import io.github.loopguard.detect.history.PastCall.Source;
import io.github.loopguard.detect.stack.OwnClasses;
import io.github.loopguard.detect.thread.IdleStack;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.ledger.ViolationEntry;
import io.github.loopguard.policy.Finding;

/**
 * Tells events: as part of what hooks or the loop monitor have found of the same call, as
 * what BlockHound lets pass, or as findings of their own. Confined to one thread.
 */
final class EventReporter {

	private static final long LEAST_GAP = TimeUnit.MILLISECONDS.toNanos(1);

	private static final int MOST_THREADS = 1_024;

	private final CallFinder finder = new CallFinder();

	private final StaticAllowances allowances;

	private final LongFunction<@Nullable ClassLoader> loaders;

	private final LongBinaryOperator stoppedDuring;

	private final Map<Long, Piece> pieces = new HashMap<>();

	private @Nullable PastCall timed;

	private long minute = System.nanoTime();

	private int reported;

	private volatile long suppressed;

	/**
	 * Creates a reporter.
	 * @param allowances what BlockHound lets pass
	 * @param loaders returns the loader of the classes on the stack of a thread
	 * @param stoppedDuring returns for how long the JVM stood still between two times
	 */
	EventReporter(StaticAllowances allowances, LongFunction<@Nullable ClassLoader> loaders,
			LongBinaryOperator stoppedDuring) {
		this.allowances = allowances;
		this.loaders = loaders;
		this.stoppedDuring = stoppedDuring;
	}

	/**
	 * Tells an event.
	 * @param event the event, with times of the JVM's clock
	 */
	void report(OutsideCalls calls, FlightEvent recorded, FlightRecorderSettings settings) {
		if (isNobodys(recorded)) {
			return;
		}
		FlightEvent event = recorded.without(this.stoppedDuring.applyAsLong(recorded.begin(), recorded.end()));
		PastCall past = (event.kind() == EventKind.PINNED) ? null
				: calls.during(event.thread(), event.begin(), event.end());
		if (past != null && past.source() != Source.TURN) {
			join(past, event);
			return;
		}
		if (isCountedAnyway(calls, event) || isShort(event, recorded, settings)) {
			return;
		}
		ClassLoader loader = Objects.requireNonNullElseGet(this.loaders.apply(event.thread()), () -> Objects
			.requireNonNullElseGet(EventReporter.class.getClassLoader(), ClassLoader::getSystemClassLoader));
		Allowance allowance = (event.kind() != EventKind.PINNED) ? this.allowances.on(event.stack()) : null;
		if (allowance != null) {
			calls.allowed(this.finder.find(calls, event, loader), allowance);
		}
		else if (isToTell(settings)) {
			tell(calls, event, past, this.finder.find(calls, event, loader), settings);
		}
	}

	/**
	 * Returns how many calls were not told because there were too many.
	 */
	long suppressed() {
		return this.suppressed;
	}

	/**
	 * Returns whether an event loop only waits for work, is in code of Loopguard, or in a
	 * call that cannot block.
	 */
	private static boolean isNobodys(FlightEvent event) {
		if (event.kind().mayBeIdle() && IdleStack.isIdle(event.stack(), true)) {
			return true;
		}
		int first = IdleStack.outsideJdk(event.stack());
		return isNonBlocking(event, first)
				|| (first < event.stack().size() && OwnClasses.isDetector(event.stack().get(first).getClassName()));
	}

	/**
	 * Returns whether Netty reads from a connection or writes to it. Its channels do not
	 * block: that takes long if the event loop loses the CPU meanwhile.
	 */
	private static boolean isNonBlocking(FlightEvent event, int first) {
		if (event.kind() != EventKind.SOCKET_READ && event.kind() != EventKind.SOCKET_WRITE) {
			return false;
		}
		return event.stack()
			.stream()
			.skip(first)
			.map(StackTraceElement::getClassName)
			.takeWhile((className) -> className.contains("io.netty."))
			.anyMatch((className) -> className.contains("io.netty.channel.socket.nio."));
	}

	/**
	 * Returns whether a hook has counted it, however short it was.
	 */
	private static boolean isCountedAnyway(OutsideCalls calls, FlightEvent event) {
		return event.kind() == EventKind.PROCESS_START && calls.isHooked(event.thread());
	}

	/**
	 * Returns whether a call would not have been recorded if the JVM had not stood still
	 * meanwhile.
	 */
	private static boolean isShort(FlightEvent event, FlightEvent recorded, FlightRecorderSettings settings) {
		return event != recorded && event.nanos() < settings.threshold().toNanos();
	}

	/**
	 * Tells a call that no hook has seen. If it was most of a turn that the loop monitor
	 * has told, or what that was accused of, it is the same.
	 */
	private void tell(OutsideCalls calls, FlightEvent event, @Nullable PastCall turn, Finding finding,
			FlightRecorderSettings settings) {
		if (turn != null && (isMostOf(turn, event) || isSameSite(turn, finding))) {
			join(turn, event);
			return;
		}
		Frame site = finding.site();
		Piece piece = new Piece(finding.key(), (site != null) ? site.lineNumber() : -1, event.end());
		Piece before = this.pieces.get(event.thread());
		long gap = Math.max(LEAST_GAP, settings.threshold().toNanos());
		if (event.kind().isPiece() && before != null && before.isFollowedBy(piece, event.begin(), gap)) {
			OccurrenceCounter counter = before.counter;
			if (counter != null) {
				counter.continued(event.nanos());
				seen(counter, event);
			}
			piece.counter = counter;
		}
		else {
			piece.counter = calls.record(finding, event.thread(), event.begin(), event.end());
			if (piece.counter != null) {
				seen(piece.counter, event);
			}
		}
		if (this.pieces.size() >= MOST_THREADS) {
			this.pieces.clear();
		}
		this.pieces.put(event.thread(), piece);
	}

	/**
	 * Forgets what was told of threads that have ended.
	 * @param loops recognizes event loops of which events may still come
	 */
	void retain(LongPredicate loops) {
		this.pieces.keySet().removeIf((thread) -> !loops.test(thread));
	}

	private void join(PastCall past, FlightEvent event) {
		if (past.source() == Source.HOOK_WITHOUT_END && !past.equals(this.timed)) {
			this.timed = past;
			past.counter().timed(event.nanos());
		}
		seen(past.counter(), event);
	}

	private static void seen(OccurrenceCounter counter, FlightEvent event) {
		ViolationEntry violation = counter.violation();
		if (violation != null) {
			violation.latest().seenBy(FlightRecorder.NAME, event.resource());
		}
	}

	private static boolean isMostOf(PastCall turn, FlightEvent event) {
		return 2 * event.nanos() >= turn.end() - turn.begin();
	}

	private static boolean isSameSite(PastCall turn, Finding finding) {
		ViolationEntry violation = turn.counter().violation();
		Frame site = finding.site();
		Frame other = (violation != null) ? violation.latest().finding().site() : null;
		return site != null && other != null && site.className().equals(other.className())
				&& Objects.equals(site.methodName(), other.methodName());
	}

	@SuppressWarnings("NonAtomicVolatileUpdate")
	private boolean isToTell(FlightRecorderSettings settings) {
		long now = System.nanoTime();
		if (now - this.minute >= TimeUnit.MINUTES.toNanos(1)) {
			this.minute = now;
			this.reported = 0;
		}
		if (this.reported < settings.reportsPerMinute()) {
			this.reported++;
			return true;
		}
		this.suppressed++;
		return false;
	}

	/**
	 * What was last told of a thread: the first piece of a call, or all of it.
	 */
	private static final class Piece {

		private final ViolationKey key;

		private final int line;

		private final long end;

		private @Nullable OccurrenceCounter counter;

		private Piece(ViolationKey key, int line, long end) {
			this.key = key;
			this.line = line;
			this.end = end;
		}

		private boolean isFollowedBy(Piece next, long begin, long gap) {
			return this.key.equals(next.key) && this.line == next.line && begin - this.end <= gap;
		}

	}

}
