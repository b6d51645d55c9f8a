package io.github.loopguard.benchmarks.repeat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.example.bench.SiteStep;
import org.acme.library.FileStep;
import org.acme.library.LibraryStep;
import org.acme.library.Step;

/**
 * Calls {@code File.exists} on a stack of 100 frames, that of {@code File.exists}
 * included.
 */
final class DeepStack {

	private static final int DEPTH = 100;

	private static final int CLASSES = 24;

	private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES);

	private static final List<Step> LIBRARY = library();

	private final Step[] steps;

	private DeepStack(Step[] steps) {
		this.steps = steps;
	}

	/**
	 * Reads the classes, which blocks and so must happen before a detector is there.
	 */
	static void prepare() {
		if (LIBRARY.size() != CLASSES) {
			throw new IllegalStateException("There are " + LIBRARY.size() + " classes");
		}
	}

	/**
	 * Returns a stack for the calling method to call.
	 * @param site which frame is the application's, where 1 is {@code File.exists}; 0 for
	 * none
	 */
	static DeepStack of(int site) {
		return of(site, new FileStep());
	}

	/**
	 * Returns a stack for the calling method to call, without a site.
	 * @param last the last frame
	 */
	static DeepStack of(Step last) {
		return of(0, last);
	}

	private static DeepStack of(int site, Step last) {
		int below = WALKER.walk((frames) -> (int) frames.skip(2).count());
		int length = DEPTH - below - 2;
		Step[] steps = new Step[length];
		for (int i = 0; i < length; i++) {
			steps[i] = LIBRARY.get(i % CLASSES);
		}
		steps[length - 1] = last;
		if (site > 0) {
			steps[length + 1 - site] = new SiteStep();
		}
		return new DeepStack(steps);
	}

	boolean call() {
		return this.steps[0].run(this.steps, 1);
	}

	private static List<Step> library() {
		List<Step> library = new ArrayList<>();
		for (int i = 0; i < CLASSES; i++) {
			try {
				library.add((Step) new CopyingLoader().copy(LibraryStep.class).getConstructor().newInstance());
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return library;
	}

	private static final class CopyingLoader extends ClassLoader {

		CopyingLoader() {
			super(DeepStack.class.getClassLoader());
		}

		Class<?> copy(Class<?> type) {
			String resource = "/" + type.getName().replace('.', '/') + ".class";
			try (InputStream stream = Objects.requireNonNull(type.getResourceAsStream(resource))) {
				byte[] classfile = stream.readAllBytes();
				return defineClass(type.getName(), classfile, 0, classfile.length);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
