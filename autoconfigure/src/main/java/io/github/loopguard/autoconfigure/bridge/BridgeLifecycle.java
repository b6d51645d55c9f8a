package io.github.loopguard.autoconfigure.bridge;

import java.time.Duration;

import io.github.loopguard.bridge.BlockingBridge;

import org.springframework.context.SmartLifecycle;

/**
 * Closes the bridge on shutdown: after the web server has finished its requests, before
 * it stops.
 */
final class BridgeLifecycle implements SmartLifecycle {

	private static final int GRACEFUL_SHUTDOWN_OF_WEB_SERVER = DEFAULT_PHASE - 1024;

	private final BlockingBridge bridge;

	private final Duration timeout;

	private volatile boolean running;

	private volatile boolean stopped;

	BridgeLifecycle(BlockingBridge bridge, Duration timeout) {
		this.bridge = bridge;
		this.timeout = timeout;
	}

	@Override
	public void start() {
		if (this.stopped) {
			this.stopped = false;
			this.bridge.reopen();
		}
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.stopped = true;
		this.bridge.closeGracefully(this.timeout).doFinally((signal) -> callback.run()).subscribe();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		// A cached test context can be resumed, a closed bridge cannot.
		return false;
	}

	@Override
	public int getPhase() {
		return GRACEFUL_SHUTDOWN_OF_WEB_SERVER - 512;
	}

}
