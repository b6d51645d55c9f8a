package io.github.loopguard.detect.stack;

import java.lang.StackWalker.StackFrame;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.stack.ClassProfile.Kind;
import io.github.loopguard.detect.stack.ControlInversion.Role;

/**
 * Hashes the identity and the position of every frame up to the site or the first control
 * inversion. A position is one within a method, and a frame says for certain which method
 * its callee is, so the names of methods are only needed where the JDK may have called by
 * reflection, and for the last frame. Between the site and the control inversion only the
 * methods count that an allowance may name. Builds no strings.
 */
public final class StackHash implements Function<Stream<StackFrame>, StackHash>, Consumer<StackFrame> {

	private final ClassProfiles profiles;

	private final StackWalker walker;

	private final long seed;

	private final boolean pastSite;

	private final @Nullable Hook encloser;

	/** How many frames of the encloser are still to come. */
	private int enclosers;

	private long hash;

	private int seen;

	private int walked;

	private boolean complete;

	private boolean past;

	/** The last caller of the site that was added, or zero. */
	private long caller;

	/** Whether a task runs inside. */
	private boolean ran;

	private @Nullable StackFrame callee;

	/**
	 * Creates a hash.
	 * @param profiles profiles of the classes
	 * @param walker expects a stack of this depth
	 * @param seed what to start from
	 * @param pastSite whether callers of the site within the application count
	 * @param encloser method that encloses the call, or {@code null} if none does
	 * @param enclosers number of its frames, which are inside the call
	 */
	StackHash(ClassProfiles profiles, StackWalker walker, long seed, boolean pastSite, @Nullable Hook encloser,
			int enclosers) {
		this.profiles = profiles;
		this.walker = walker;
		this.seed = seed;
		this.pastSite = pastSite;
		this.encloser = encloser;
		this.enclosers = enclosers;
		this.hash = seed;
	}

	/**
	 * Returns the walker that expects a stack of this depth.
	 * @return the walker to hand this hash to
	 */
	public StackWalker walker() {
		return this.walker;
	}

	long seed() {
		return this.seed;
	}

	@Override
	public StackHash apply(Stream<StackFrame> frames) {
		Spliterator<StackFrame> remaining = frames.spliterator();
		while (!this.complete && remaining.tryAdvance(this)) {
			this.seen++;
		}
		return this;
	}

	@Override
	public void accept(StackFrame frame) {
		ClassProfile profile = this.profiles.get(frame.getDeclaringClass());
		if (profile.kind() == Kind.DETECTOR) {
			return;
		}
		this.walked++;
		Role role = StackReader.role(frame, profile);
		boolean inverts = role.inverts(this.ran);
		this.ran |= role == Role.TASK;
		if (this.past) {
			passOn(frame, profile);
			this.complete = inverts || this.walked == StackReader.MOST_FRAMES;
			return;
		}
		this.hash = mix(mix(this.hash, profile.serial()), frame.getByteCodeIndex());
		if (this.enclosers > 0) {
			passEnclosed(frame);
		}
		else if (inverts || profile.kind() == Kind.APPLICATION) {
			name(frame);
			this.past = this.pastSite && !inverts;
			this.complete = !this.past;
		}
		else if (profile.kind() != Kind.JDK) {
			this.callee = frame;
		}
		else if (this.callee != null) {
			name(this.callee);
			this.callee = null;
		}
		this.complete |= this.walked == StackReader.MOST_FRAMES;
	}

	private void passEnclosed(StackFrame frame) {
		name(frame);
		if (StackReader.isMethod(frame, Objects.requireNonNull(this.encloser))) {
			this.enclosers--;
		}
	}

	/**
	 * Adds a caller that an allowance may name, once where it calls itself.
	 */
	private void passOn(StackFrame frame, ClassProfile profile) {
		if (profile.allowed() && profile.kind() == Kind.APPLICATION) {
			long caller = mix(profile.serial(), frame.getMethodName().hashCode());
			this.hash = (caller != this.caller) ? mix(this.hash, caller) : this.hash;
			this.caller = caller;
		}
	}

	private void name(StackFrame frame) {
		this.hash = mix(this.hash, frame.getMethodName().hashCode());
	}

	long value() {
		return this.hash;
	}

	/**
	 * Returns how many frames were looked at, Loopguard's own included.
	 */
	int seen() {
		return this.seen;
	}

	private static long mix(long hash, long value) {
		long mixed = (hash ^ value) * 0x9e3779b97f4a7c15L;
		return mixed ^ (mixed >>> 29);
	}

}
