package io.github.loopguard.bridge.engine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;

import io.github.loopguard.bridge.BridgeException;

/**
 * The permit of one stream or session. Acquired and released at most once, in whatever
 * order the two come: a cancel may arrive while the subscription is being accepted.
 */
public final class OpenPermit {

	private static final Logger logger = LoggerFactory.getLogger(OpenPermit.class);

	private final LaneEngine engine;

	private final Disposable.Swap held = Disposables.swap();

	public OpenPermit(LaneEngine engine) {
		this.engine = engine;
	}

	/**
	 * Returns an acquired permit.
	 * @throws BridgeException if it is rejected
	 */
	public static OpenPermit of(LaneEngine engine) {
		OpenPermit permit = new OpenPermit(engine);
		BridgeException rejection = permit.acquire();
		if (rejection != null) {
			throw rejection;
		}
		return permit;
	}

	/**
	 * Acquires the permit; one that was released before goes back at once.
	 * @return why it is rejected, {@code null} if it is not
	 */
	public @Nullable BridgeException acquire() {
		BridgeException rejection = this.engine.admitOpen();
		if (rejection == null) {
			this.held.update(this.engine.admission::releaseOpen);
		}
		return rejection;
	}

	public void release() {
		this.held.dispose();
	}

	/**
	 * Closes the resource that the permit is for, and logs a failure.
	 */
	public void close(@Nullable Object resource) {
		try {
			if (resource instanceof AutoCloseable closeable) {
				closeable.close();
			}
		}
		catch (Exception ex) {
			logger.warn("Closing {} in lane '{}' failed", resource, this.engine.name(), ex);
		}
	}

}
