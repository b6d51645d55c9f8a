package io.github.loopguard.runtime;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.ledger.LedgerThread;

/**
 * Settings that are switched while the JVM runs. They take effect in what is called, not
 * in what is woven. All end when an application context attaches or detaches, because
 * others are configured then.
 *
 * @since 0.2
 */
public final class Switches {

	private final Object lock;

	private final SettingsInForce settings;

	private final LedgerThread threads;

	private boolean used;

	/**
	 * Creates an empty list.
	 * @param lock guards the settings
	 * @param settings applies what is switched
	 * @param threads has the thread that notifies listeners
	 */
	Switches(Object lock, SettingsInForce settings, LedgerThread threads) {
		this.lock = lock;
		this.settings = settings;
		this.threads = threads;
	}

	/**
	 * Switches settings, all at the same time.
	 * @param changes the settings
	 * @param ttl how long they are switched, or {@code null} for no end
	 * @param by who does it, or {@code null} if unknown
	 * @throws IllegalStateException if nothing is detected in this JVM
	 */
	public void apply(List<Switch.Change> changes, @Nullable Duration ttl, @Nullable String by) {
		synchronized (this.lock) {
			if (!this.settings.areInForce()) {
				throw new IllegalStateException("Loopguard is off in this JVM");
			}
			if (!this.used) {
				this.used = true;
				this.threads.addTask("loopguard-switches", this.settings.events()::tell);
			}
			this.settings.change(changes, ttl, by);
		}
	}

	/**
	 * Returns what is switched.
	 * @return the settings that are other than configured, those switched last at the end
	 */
	public List<Switch> inForce() {
		synchronized (this.lock) {
			return this.settings.switches();
		}
	}

	/**
	 * Returns the settings in force.
	 * @return the settings
	 */
	public RuntimeSettings settings() {
		synchronized (this.lock) {
			return this.settings.effective();
		}
	}

	/**
	 * Adds a listener.
	 * @param listener is notified of every change from now on, on a thread of its own
	 */
	public void addListener(Consumer<Switch.Event> listener) {
		this.settings.events().add(listener);
	}

	/**
	 * Removes a listener.
	 * @param listener the listener
	 */
	public void removeListener(Consumer<Switch.Event> listener) {
		this.settings.events().remove(listener);
	}

	/**
	 * Returns how many notifications were dropped because a listener hangs.
	 * @return the number since the start
	 */
	public long droppedNotifications() {
		return this.settings.events().dropped();
	}

}
