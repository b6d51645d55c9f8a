package io.github.loopguard.bridge.tck;

import java.io.IOException;
import java.util.List;

import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import reactor.core.publisher.Flux;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.LaneClosedException;
import io.github.loopguard.bridge.LaneSpec;

/**
 * The Reactive Streams TCK for one operation of one lane. Each test has a bridge of its
 * own.
 */
public abstract class LaneVerification extends PublisherVerification<Integer> {

	static final String NAMED_LANE = "tck";

	/**
	 * Only a test that fails takes as long; a virtual machine may stand still for
	 * seconds.
	 */
	private static final long LONGEST_WAIT = 30_000;

	private static final long WAIT_FOR_NO_SIGNAL = 50;

	private static final long POLL = 20;

	private static final long WAIT_FOR_COLLECTION = 500;

	private final LaneOperation operation;

	private final String lane;

	private BlockingBridge bridge = new BlockingBridge(List.of());

	LaneVerification(LaneOperation operation, String lane) {
		super(new Environment(), WAIT_FOR_COLLECTION);
		this.operation = operation;
		this.lane = lane;
	}

	@BeforeMethod
	public void open() {
		this.bridge = new BlockingBridge(List.of(LaneSpec.named(NAMED_LANE)));
	}

	@AfterMethod
	public void close() {
		this.bridge.close();
	}

	@Override
	public Publisher<Integer> createPublisher(long elements) {
		return this.operation.elements(this.bridge.lane(this.lane), elements);
	}

	/**
	 * Requests at once: the TCK expects the error without a request, and a lane does
	 * nothing before one.
	 */
	@Override
	public Publisher<Integer> createFailedPublisher() {
		IOException expected = new IOException("expected");
		return Flux.from(this.operation.failure(this.bridge.lane(this.lane), expected)).onBackpressureBuffer();
	}

	@Override
	public long maxElementsFromPublisher() {
		return this.operation.maxElements();
	}

	/**
	 * Fails: a lane meets the optional rules, too.
	 */
	@Override
	public void notVerified(String message) {
		throw new AssertionError(message);
	}

	/**
	 * Ignores that the lane of the previous test is closed, which the subscriptions it
	 * left receive at some time.
	 */
	private static final class Environment extends TestEnvironment {

		Environment() {
			super(LONGEST_WAIT, WAIT_FOR_NO_SIGNAL, POLL);
		}

		@Override
		public void flop(Throwable error, String message) {
			if (!(error instanceof LaneClosedException)) {
				super.flop(error, message);
			}
		}

	}

}
