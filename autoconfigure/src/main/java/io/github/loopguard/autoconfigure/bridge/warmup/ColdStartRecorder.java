package io.github.loopguard.autoconfigure.bridge.warmup;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Counts the classes that event loops load during a start, by the flight recorder, and
 * logs the {@link ColdStartReport} some time after readiness.
 */
final class ColdStartRecorder implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {

	private static final Log logger = LogFactory.getLog(ColdStartRecorder.class);

	private final ColdStartCounter before = new ColdStartCounter();

	private final ColdStartCounter after = new ColdStartCounter();

	private final Map<Long, Boolean> loops = new ConcurrentHashMap<>();

	private final Duration reportAfter;

	private final RecordingStream stream;

	private volatile Instant ready = Instant.MAX;

	private volatile @Nullable Disposable scheduled;

	ColdStartRecorder(Duration reportAfter) {
		this.reportAfter = reportAfter;
		this.stream = new RecordingStream();
		this.stream.enable("jdk.ClassLoad").withoutStackTrace().withThreshold(Duration.ZERO);
		this.stream.onEvent("jdk.ClassLoad", this::loaded);
		this.stream.startAsync();
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (this.ready.equals(Instant.MAX)) {
			this.ready = Instant.now();
			this.scheduled = Schedulers.boundedElastic()
				.schedule(this::finish, this.reportAfter.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Returns the current counts; the flight recorder updates them about once a second.
	 */
	ColdStartReport report() {
		return new ColdStartReport(this.before.phase(), this.after.phase());
	}

	private void loaded(RecordedEvent event) {
		RecordedThread thread = event.getThread();
		if (thread == null || !this.loops.computeIfAbsent(thread.getJavaThreadId(), EventLoopThreads::contains)) {
			return;
		}
		RecordedClass loaded = event.getClass("loadedClass");
		ColdStartCounter counter = event.getStartTime().isBefore(this.ready) ? this.before : this.after;
		counter.add((loaded != null) ? loaded.getName() : "?", event.getDuration());
	}

	private void finish() {
		this.stream.close();
		logger.info(report());
	}

	@Override
	public void destroy() {
		Disposable scheduled = this.scheduled;
		if (scheduled != null) {
			scheduled.dispose();
		}
		this.stream.close();
	}

}
