package io.github.loopguard.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Knows on whose behalf an event loop works.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RecordingSource {

	/**
	 * Called on event loops for every single occurrence; must not block.
	 * @return the recording the occurrence belongs to, or {@code null} if nobody keeps it
	 */
	@Nullable Recording current();

}
