package io.github.loopguard.detect.flight;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jdk.jfr.EventSettings;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.daemon.Failures;

/**
 * A recording of the JVM and the stream of its events. Loaded only where the JVM has a
 * flight recorder.
 */
final class RecordingSession implements AutoCloseable {

	/** From so many events of all threads on, reading them is what costs. */
	private static final long MANY_A_SECOND = 2_000;

	private static final int HIGHEST = 10;

	private static final int CALM_SECONDS = 60;

	private final FlightRecorderSettings settings;

	private final RecordingStream stream;

	private final EventReader reader;

	private final Consumer<FlightEvent> events;

	private final RecordingClock clock = new RecordingClock();

	private final Failures failures = new Failures();

	private final AtomicLongArray counts = new AtomicLongArray(EventKind.values().length);

	private final int[] raised = new int[EventKind.values().length];

	private final int[] calm = new int[EventKind.values().length];

	private final boolean traces;

	private volatile boolean ended;

	/**
	 * Starts a recording.
	 * @param settings what is recorded
	 * @param loops recognizes event loops by the identifier of their thread
	 * @param events takes the events, on the thread that reads them
	 */
	RecordingSession(FlightRecorderSettings settings, LongPredicate loops, Consumer<FlightEvent> events) {
		this.settings = settings;
		this.reader = new EventReader(loops, settings.paths());
		this.events = events;
		if (!FlightRecorder.isInitialized()) {
			StackDepth.raise();
		}
		this.stream = new RecordingStream();
		Set<String> known = FlightRecorder.getFlightRecorder()
			.getEventTypes()
			.stream()
			.map(EventType::getName)
			.collect(Collectors.toSet());
		this.traces = known.contains(EventKind.METHOD.eventName());
		this.stream.setReuse(true);
		this.stream.setOrdered(false);
		this.stream.setMaxAge(Duration.ofSeconds(10));
		this.stream.setMaxSize(10_000_000);
		this.stream.onError(this.failures::add);
		this.stream.enable(ClockEvent.class);
		this.stream.onEvent("loopguard.Clock", this.clock::tick);
		Stream.of(EventKind.values()).filter((kind) -> known.contains(kind.eventName())).forEach(this::enable);
		Thread thread = new Thread(this::run, "loopguard-flight-events");
		thread.setDaemon(true);
		thread.start();
	}

	private void enable(EventKind kind) {
		setThreshold(kind);
		this.stream.onEvent(kind.eventName(), (event) -> accept(kind, event));
	}

	private void setThreshold(EventKind kind) {
		EventSettings wanted = this.stream.enable(kind.eventName()).withStackTrace().with("throttle", "off");
		if (kind.hasDuration()) {
			wanted.withThreshold(this.settings.threshold().multipliedBy(1L << this.raised[kind.ordinal()]));
		}
		if (kind == EventKind.METHOD) {
			wanted.with("filter",
					Stream.concat(Catalog.tracedMethods().stream(), this.settings.tracedMethods().stream())
						.distinct()
						.collect(Collectors.joining(";")));
		}
	}

	private void accept(EventKind kind, RecordedEvent event) {
		this.counts.incrementAndGet(kind.ordinal());
		FlightEvent read = this.reader.read(kind, event);
		if (read != null) {
			this.events.accept(read);
		}
	}

	private void run() {
		try {
			this.stream.start();
		}
		catch (RuntimeException | LinkageError ex) {
			this.failures.add(ex);
		}
		finally {
			this.ended = true;
		}
	}

	/**
	 * Called once a second: keeps clocks together, and records less of what other threads
	 * do too often.
	 */
	void tick() {
		ClockEvent.tick();
		for (EventKind kind : EventKind.values()) {
			int index = kind.ordinal();
			long count = this.counts.getAndSet(index, 0);
			this.calm[index] = (count < MANY_A_SECOND / 10) ? this.calm[index] + 1 : 0;
			if (count > MANY_A_SECOND && this.raised[index] < HIGHEST && kind.hasDuration()) {
				this.raised[index]++;
				setThreshold(kind);
			}
			else if (this.calm[index] >= CALM_SECONDS && this.raised[index] > 0) {
				this.raised[index]--;
				this.calm[index] = 0;
				setThreshold(kind);
			}
		}
	}

	/**
	 * Returns what the JVM's clock is ahead of the recording's, or {@code null} as long
	 * as that is not known.
	 */
	@Nullable Long clockOffset() {
		return this.clock.offset();
	}

	FlightRecorderSettings settings() {
		return this.settings;
	}

	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Returns whether the JVM can trace methods.
	 */
	boolean traces() {
		return this.traces;
	}

	/**
	 * Returns the kinds of events of which less is recorded than wanted.
	 */
	String raised() {
		return Arrays.stream(EventKind.values())
			.filter((kind) -> this.raised[kind.ordinal()] > 0)
			.map(EventKind::eventName)
			.collect(Collectors.joining(", "));
	}

	@Nullable Throwable failure() {
		return this.failures.last();
	}

	@Override
	public void close() {
		this.stream.close();
	}

}
