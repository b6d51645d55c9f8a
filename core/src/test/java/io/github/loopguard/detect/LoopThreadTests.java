package io.github.loopguard.detect;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Action;
import io.github.loopguard.allowance.Allowance;
import io.github.loopguard.allowance.Allowances;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.timeline.Timeline.Span;
import io.github.loopguard.ledger.OccurrenceCounter;
import io.github.loopguard.policy.Decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Hooks whose return was missed are forgotten, also on an event loop on which other calls
 * come and go.
 */
class LoopThreadTests {

	private static final int ENCLOSING = 1;

	private static final int CALL = 2;

	private static final int HOST = 3;

	private static final int ANNOTATED = 4;

	private static final Hook RUNNING = Hook.marked(LoopThreadTests.class.getName(),
			"enclosingHookWhoseReturnWasMissed", null);

	private static final Hook RETURNED = Hook.marked(LoopThreadTests.class.getName(), "call", null);

	private final LoopThread thread = new LoopThread();

	@Test
	void enclosingHookWhoseReturnWasMissed() {
		this.thread.entering(0);
		this.thread.hooks.enter(ENCLOSING, true);
		assertThat(this.thread.isToBeChecked(TimeUnit.MICROSECONDS.toNanos(1))).isFalse();
		call(1);
		assertThat(this.thread.isToBeChecked(TimeUnit.SECONDS.toNanos(1))).isTrue();
		assertThat(this.thread.heal((id) -> RUNNING, TimeUnit.SECONDS.toNanos(1))).isFalse();
		assertThat(this.thread.isToBeChecked(TimeUnit.MILLISECONDS.toNanos(1_900))).isFalse();
		assertThat(this.thread.isToBeChecked(TimeUnit.MILLISECONDS.toNanos(2_100))).isTrue();
		assertThat(this.thread.heal((id) -> RETURNED, TimeUnit.SECONDS.toNanos(3))).isTrue();
		assertThat(this.thread.hooks.isEmpty()).isTrue();
	}

	@Test
	void callsThatReturnAreNeverChecked() {
		for (int second = 1; second <= 120; second++) {
			call(second);
			assertThat(this.thread.isToBeChecked(TimeUnit.SECONDS.toNanos(second))).isFalse();
		}
	}

	@Test
	void annotatedMethodWhoseReturnWasMissedIsCheckedAmongShortCalls() {
		this.thread.entering(0);
		this.thread.annotated.enter(ANNOTATED, 0);
		long now = 0;
		while (now < TimeUnit.MILLISECONDS.toNanos(2)) {
			now += TimeUnit.MICROSECONDS.toNanos(100);
			this.thread.entering(now);
			this.thread.hooks.enter(CALL, false);
			this.thread.hooks.leave(CALL);
		}
		assertThat(this.thread.isToBeChecked(now)).isTrue();
		assertThat(this.thread.heal((id) -> RETURNED, now)).isTrue();
		assertThat(this.thread.annotated.isOver()).isTrue();
	}

	@Test
	void annotatedMethodThatLastsIsCheckedLessAndLessOften() {
		this.thread.entering(0);
		this.thread.annotated.enter(ANNOTATED, 0);
		this.thread.entering(TimeUnit.SECONDS.toNanos(10));
		this.thread.hooks.enter(CALL, false);
		Hook running = running("annotatedMethodThatLastsIsCheckedLessAndLessOften");
		assertThat(this.thread.heal((id) -> running, TimeUnit.SECONDS.toNanos(10))).isFalse();
		assertThat(this.thread.isToBeChecked(TimeUnit.SECONDS.toNanos(19))).isFalse();
		assertThat(this.thread.isToBeChecked(TimeUnit.SECONDS.toNanos(21))).isTrue();
	}

	@Test
	void callWhoseReturnWasMissedLeavesWhatIsAroundIt() {
		Hook running = running("callWhoseReturnWasMissedLeavesWhatIsAroundIt");
		this.thread.entering(0);
		this.thread.hooks.enter(ENCLOSING, true);
		this.thread.hooks.enter(HOST, false);
		this.thread.hooks.enter(CALL, false);
		this.thread.host(HOST, 1);
		assertThat(this.thread.heal((id) -> (id == CALL) ? RETURNED : running, TimeUnit.SECONDS.toNanos(1))).isTrue();
		assertThat(this.thread.hooks.isHosted()).isFalse();
		assertThat(this.thread.hooks.count(CALL)).isZero();
		assertThat(this.thread.hooks.count(HOST)).isOne();
		assertThat(this.thread.hooks.count(ENCLOSING)).isOne();
		assertThat(this.thread.hooks.leave(HOST)).isTrue();
		assertThat(this.thread.hooks.encloser()).isEqualTo(ENCLOSING);
	}

	@Test
	void allowedCallWhoseReturnWasMissedIsOver() {
		this.thread.entering(0);
		this.thread.hooks.enter(CALL, false);
		this.thread.occurrence.begin(allowed(), null, null, () -> null);
		assertThat(this.thread.occurrence.hasBegun()).isTrue();
		assertThat(this.thread.heal((id) -> RETURNED, TimeUnit.SECONDS.toNanos(1))).isTrue();
		assertThat(this.thread.occurrence.hasBegun()).isFalse();
	}

	@Test
	void callAndWhatEnclosesItHoldTheLoopOnce() {
		this.thread.enclosing.begin(path(null), null, null, () -> null);
		this.thread.occurrence.begin(path(null), null, null, () -> null);
		this.thread.occurrence.end(400);
		assertThat(this.thread.occurrence.openSince()).isNotZero();
		this.thread.enclosing.end(1_000);
		assertThat(this.thread.occurrence.openSince()).isZero();
		assertThat(this.thread.occurrence.heldSoFar()).isEqualTo(1_000);
		this.thread.occurrence.begin(path(null), null, null, () -> null);
		this.thread.occurrence.end(20);
		assertThat(this.thread.occurrence.heldSoFar()).isEqualTo(1_020);
	}

	@Test
	void callThatARecordingCannotShowIsOver() {
		Span failing = (counter, nanos) -> {
			throw new NoClassDefFoundError("event");
		};
		Occurrence occurrence = new Occurrence(null, this.thread.history, () -> failing);
		occurrence.begin(path(null), null, null, () -> null);
		assertThatThrownBy(() -> occurrence.end(1)).isInstanceOf(NoClassDefFoundError.class);
		assertThat(occurrence.hasBegun()).isFalse();
		assertThat(occurrence.openSince()).isZero();
	}

	private static CallPath allowed() {
		return path(Allowances.shipped().all().get(0));
	}

	private static CallPath path(Allowance allowance) {
		return new CallPath("sleep", "java.lang.Thread.sleep", null, false, false, false, false,
				new Decision(Action.LOG, Action.LOG, Duration.ZERO, allowance, null), null, OccurrenceCounter.IGNORED);
	}

	private static Hook running(String method) {
		return Hook.marked(LoopThreadTests.class.getName(), method, null);
	}

	private void call(int second) {
		this.thread.entering(TimeUnit.SECONDS.toNanos(second));
		this.thread.hooks.enter(CALL, false);
		this.thread.hooks.leave(CALL);
	}

}
