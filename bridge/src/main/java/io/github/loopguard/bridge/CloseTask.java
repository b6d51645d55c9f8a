package io.github.loopguard.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Closes a stream's cursor in the lane.
 */
final class CloseTask extends LaneTask<Void> {

	private final StreamCursor<?> cursor;

	CloseTask(LaneEngine engine, CallContext context, StreamCursor<?> cursor) {
		super(engine, null, context);
		this.cursor = cursor;
	}

	@Override
	boolean waitLimited() {
		return false;
	}

	@Override
	public @Nullable Void call() {
		this.cursor.close();
		return null;
	}

	@Override
	void succeeded(@Nullable Void value) {
	}

	@Override
	void failed(Throwable error) {
	}

	@Override
	void unwanted(@Nullable Void value, @Nullable Throwable error) {
	}

}
