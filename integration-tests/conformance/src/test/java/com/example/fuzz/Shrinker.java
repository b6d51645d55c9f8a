package com.example.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a program smaller that fails.
 */
final class Shrinker {

	private static final int TRIALS = 400;

	private final Predicate<Node> fails;

	private int trials;

	Shrinker(Predicate<Node> fails) {
		this.fails = fails;
	}

	/**
	 * Returns the smallest program found that fails, too.
	 */
	Node shrink(Node program) {
		Node smallest = program;
		boolean found = true;
		while (found) {
			found = false;
			for (Node smaller : smaller(smallest)) {
				if (this.trials++ >= TRIALS) {
					return smallest;
				}
				if (this.fails.test(smaller)) {
					smallest = smaller;
					found = true;
					break;
				}
			}
		}
		return smallest;
	}

	private static List<Node> smaller(Node node) {
		List<Node> all = new ArrayList<>(node.parts());
		Node plain = new Node(Owner.APP, Shape.of("Hops.execute"), 1, node.parts());
		if (node.shape().hop() != null && !node.equals(plain)) {
			all.add(plain);
		}
		for (int i = 0; i < node.parts().size(); i++) {
			if (node.parts().size() > 1) {
				List<Node> parts = new ArrayList<>(node.parts());
				parts.remove(i);
				all.add(node.with(parts));
			}
		}
		if (node.shape().numbered() != null) {
			int from = node.shape().numbered().from();
			for (int number = from; number < node.number(); number += Math.max(1, (node.number() - number) / 2)) {
				all.add(node.with(number));
			}
		}
		for (int i = 0; i < node.parts().size(); i++) {
			for (Node smaller : smaller(node.parts().get(i))) {
				List<Node> parts = new ArrayList<>(node.parts());
				parts.set(i, smaller);
				all.add(node.with(parts));
			}
		}
		return all;
	}

}
