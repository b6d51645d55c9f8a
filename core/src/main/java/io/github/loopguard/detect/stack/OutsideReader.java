package io.github.loopguard.detect.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.detect.stack.ClassProfile.Kind;
import io.github.loopguard.detect.stack.ControlInversion.Role;
import io.github.loopguard.detect.stack.StackReader.ReadStack;
import io.github.loopguard.detect.stack.StackReader.Seen;
import io.github.loopguard.policy.Finding.CallStack;

/**
 * Reads a stack that another thread took. It has the names of classes only, and none of
 * the frames that the JVM hides. The classes are loaded already, because they are on the
 * stack; what cannot be found counts as a library's.
 */
final class OutsideReader {

	/** Nothing waits for it, so that code which calls itself is read to its caller. */
	private static final int MOST_FRAMES = 1_024;

	private static final int CONTEXT_FRAMES = 16;

	private final ClassProfiles profiles;

	private final @Nullable ClassLoader loader;

	/**
	 * Creates a reader.
	 * @param profiles profiles of the classes
	 * @param loader finds the classes outside the JDK
	 */
	OutsideReader(ClassProfiles profiles, @Nullable ClassLoader loader) {
		this.profiles = profiles;
		this.loader = loader;
	}

	ReadStack read(List<StackTraceElement> stack) {
		List<Seen> walked = new ArrayList<>();
		boolean ran = false;
		for (StackTraceElement element : stack) {
			Class<?> type = type(element);
			ClassProfile profile = this.profiles.get(type);
			if (profile.kind() == Kind.DETECTOR) {
				continue;
			}
			String methodName = element.getMethodName();
			boolean runsTask = TaskRunners.runs(type, methodName,
					walked.isEmpty() ? null : walked.get(walked.size() - 1));
			walked.add(new Seen(type, profile.kind(), ThreadStack.detached(element), runsTask));
			Role role = profile.inversions().role(methodName);
			if (profile.kind() == Kind.APPLICATION || role.inverts(ran) || walked.size() == MOST_FRAMES) {
				break;
			}
			ran |= role == Role.TASK || mayBeTask(type, profile);
		}
		List<StackTraceElement> shown = stack.stream()
			.filter((element) -> !OwnClasses.isDetector(element.getClassName()))
			.limit(walked.size() + CONTEXT_FRAMES)
			.map(ThreadStack::detached)
			.toList();
		return new ReadStack(List.copyOf(walked), List.copyOf(walked), new CallStack(shown, walked.size(), List.of(),
				walked.stream().filter(Seen::runsTask).map(Seen::element).toList()));
	}

	/**
	 * Returns whether code may be a task's: the frame of a lambda, which ran it, is
	 * missing.
	 */
	private static boolean mayBeTask(Class<?> type, ClassProfile profile) {
		return profile.kind() != Kind.JDK && !Executor.class.isAssignableFrom(type);
	}

	/**
	 * Finds the class. Loaders that lock themselves while they load a class are asked
	 * only for their own classes, which the JVM finds without them: the thread that
	 * stands still may be in such a loader.
	 */
	private Class<?> type(StackTraceElement element) {
		String name = element.getClassName();
		String loaderName = element.getClassLoaderName();
		ClassLoader first = (ClassProfiles.isJdk(element) || "platform".equals(loaderName))
				? ClassLoader.getPlatformClassLoader()
				: "app".equals(loaderName) ? ClassLoader.getSystemClassLoader() : loader();
		try {
			return Class.forName(name, false, first);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return find(name, (first == loader()) ? ClassLoader.getSystemClassLoader() : loader());
		}
	}

	private static Class<?> find(String name, ClassLoader loader) {
		try {
			return Class.forName(name, false, loader);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return Unknown.class;
		}
	}

	private ClassLoader loader() {
		return (this.loader != null) ? this.loader : ClassLoader.getSystemClassLoader();
	}

	/**
	 * Stands for a class that cannot be found.
	 */
	private static final class Unknown {

	}

}
