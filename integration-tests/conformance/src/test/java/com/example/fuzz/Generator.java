package com.example.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes programs by chance.
 */
final class Generator {

	/** About how many frames of others may stand between a call and who asked for it. */
	private static final int MOST_FRAMES = 450;

	private static final int MOST_CALLS = 40;

	private static final int DEEPEST = 12;

	private final List<Shape> leaves = Shape.all().stream().filter(Shape::isLeaf).toList();

	private final List<Shape> hops = Shape.all().stream().filter((shape) -> shape.hop() != null).toList();

	private final List<Shape> others = Shape.all()
		.stream()
		.filter((shape) -> !shape.isLeaf() && shape.hop() == null)
		.toList();

	private final List<Shape> sequences = this.others.stream().filter(Shape::isSequence).toList();

	/**
	 * Returns a program.
	 */
	Node program(RandomGenerator random, Mode mode) {
		while (true) {
			Node program = node(random, hop(random), 0);
			if (isUsable(program, mode)) {
				return program;
			}
		}
	}

	/**
	 * Returns whether it is known what is to be reported of a program, and reported by
	 * now.
	 */
	static boolean isUsable(Node program, Mode mode) {
		try {
			Truth truth = new Truth(program, mode);
			return calls(program) <= MOST_CALLS && truth.deepest() <= MOST_FRAMES;
		}
		catch (UnsupportedOperationException ex) {
			return false;
		}
	}

	private static long calls(Node node) {
		long calls = node.shape().blocks().size() + node.parts().stream().mapToLong(Generator::calls).sum();
		return (node.shape().numbered() != null && node.shape().numbered().repeats()) ? calls * node.number() : calls;
	}

	private Node node(RandomGenerator random, Shape shape, int depth) {
		List<Node> parts = new ArrayList<>();
		if (!shape.isLeaf()) {
			int count = shape.isSequence() ? random.nextInt(1, 5) : 1;
			for (int i = 0; i < count; i++) {
				parts.add(node(random, next(random, depth), depth + 1));
			}
		}
		return new Node(owner(random), shape, number(random, shape), parts);
	}

	private Shape next(RandomGenerator random, int depth) {
		int chance = random.nextInt(100);
		if (depth >= DEEPEST || chance < 6 * depth) {
			return one(random, this.leaves);
		}
		return (chance > 94) ? hop(random) : one(random, (chance > 80) ? this.sequences : this.others);
	}

	private Shape hop(RandomGenerator random) {
		return one(random, this.hops);
	}

	private static Shape one(RandomGenerator random, List<Shape> shapes) {
		return shapes.get(random.nextInt(shapes.size()));
	}

	private static Owner owner(RandomGenerator random) {
		int chance = random.nextInt(10);
		return (chance < 5) ? Owner.APP : (chance < 9) ? Owner.LIB : Owner.SPRING;
	}

	private static int number(RandomGenerator random, Shape shape) {
		Numbered numbered = shape.numbered();
		if (numbered == null) {
			return 1;
		}
		int most = random.nextBoolean() ? numbered.to() : Math.min(numbered.to(), numbered.from() + 3);
		return random.nextInt(numbered.from(), most + 1);
	}

}
