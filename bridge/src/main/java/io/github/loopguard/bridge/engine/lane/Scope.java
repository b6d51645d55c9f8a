package io.github.loopguard.bridge.engine.lane;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.context.ContextView;

import io.github.loopguard.bridge.Lane;

/**
 * The scope in a subscriber's context, {@link Lane#SCOPE}.
 */
final class Scope {

	private Scope() {
	}

	/**
	 * Enters the scope, if there is one.
	 * @param cancel run when the scope is disposed of
	 * @return leaves it
	 */
	static Disposable enter(ContextView subscriber, Disposable cancel) {
		if (!(subscriber.getOrDefault(Lane.SCOPE, null) instanceof Disposable.Composite scope)) {
			return Disposables.disposed();
		}
		scope.add(cancel);
		return () -> scope.remove(cancel);
	}

}
