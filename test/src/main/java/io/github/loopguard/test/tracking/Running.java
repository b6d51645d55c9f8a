package io.github.loopguard.test.tracking;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The tests that run at one moment.
 *
 * @param classes tracked classes
 * @param tests tracked tests
 * @param others number of tests and classes that are not tracked
 * @param untied recording for what cannot be attributed to one test
 */
record Running(List<TrackedClass> classes, List<TrackedTest> tests, int others, Recording untied) {

	/**
	 * Returns the recording for an occurrence on a thread without work: that of the only
	 * running test, else that of the classes.
	 */
	@Nullable Recording recording() {
		TrackedTest only = onlyTest();
		if (only != null) {
			return only.recording();
		}
		return this.classes.isEmpty() ? null : this.untied;
	}

	@Nullable TrackedTest onlyTest() {
		return (this.classes.size() == 1 && this.tests.size() == 1 && this.others == 0) ? this.tests.get(0) : null;
	}

	Running with(TrackedClass begun, Recording untied) {
		return new Running(with(this.classes, begun), this.tests, this.others, untied);
	}

	Running without(TrackedClass ended, Recording untied) {
		return new Running(without(this.classes, ended), this.tests, this.others, untied);
	}

	Running with(TrackedTest begun) {
		return new Running(this.classes, with(this.tests, begun), this.others, this.untied);
	}

	Running without(TrackedTest ended) {
		return new Running(this.classes, without(this.tests, ended), this.others, this.untied);
	}

	Running withOthers(int more) {
		return new Running(this.classes, this.tests, this.others + more, this.untied);
	}

	private static <T> List<T> with(List<T> list, T element) {
		List<T> copy = new ArrayList<>(list);
		copy.add(element);
		return List.copyOf(copy);
	}

	private static <T> List<T> without(List<T> list, T element) {
		return list.stream().filter((it) -> it != element).toList();
	}

}
