package io.github.loopguard.detect.thread;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Patterns for the names of threads, in which an asterisk stands for anything.
 */
public final class ThreadNames {

	/**
	 * Matches no thread.
	 */
	public static final ThreadNames NONE = new ThreadNames(List.of());

	private final List<String> patterns;

	private final List<String[]> parts;

	private ThreadNames(List<String> patterns) {
		this.patterns = patterns;
		this.parts = patterns.stream().map((pattern) -> pattern.split("\\*", -1)).toList();
	}

	/**
	 * Returns these patterns with others.
	 * @param others patterns to add
	 * @return all patterns
	 */
	public ThreadNames and(Collection<String> others) {
		List<String> all = new ArrayList<>(this.patterns);
		others.stream().filter((pattern) -> !all.contains(pattern)).forEach(all::add);
		return (all.size() == this.patterns.size()) ? this : new ThreadNames(List.copyOf(all));
	}

	/**
	 * Returns whether a thread has one of the names.
	 * @param thread the thread
	 * @return whether its name matches
	 */
	public boolean match(Thread thread) {
		if (this.parts.isEmpty()) {
			return false;
		}
		String name = thread.getName();
		for (int i = 0; i < this.parts.size(); i++) {
			if (matches(name, this.parts.get(i))) {
				return true;
			}
		}
		return false;
	}

	private static boolean matches(String name, String[] parts) {
		int last = parts.length - 1;
		if (last == 0) {
			return name.equals(parts[0]);
		}
		if (!name.startsWith(parts[0])) {
			return false;
		}
		int position = parts[0].length();
		for (int i = 1; i < last; i++) {
			int found = name.indexOf(parts[i], position);
			if (found < 0) {
				return false;
			}
			position = found + parts[i].length();
		}
		return name.length() - position >= parts[last].length() && name.endsWith(parts[last]);
	}

}
