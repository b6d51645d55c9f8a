package com.example.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program, or a part of one. Its text is such as
 * {@code app.Hops.execute(lib.Straight.recursion*40(app.Waits.sleep*5))}.
 *
 * @param owner whose code it is
 * @param shape what it does
 * @param number how deep, how often or how long
 * @param parts what it calls
 */
record Node(Owner owner, Shape shape, int number, List<Node> parts) {

	Node {
		parts = List.copyOf(parts);
	}

	static Node parse(String text) {
		return new Parser(text).node();
	}

	Node with(List<Node> others) {
		return new Node(this.owner, this.shape, this.number, others);
	}

	Node with(int other) {
		return new Node(this.owner, this.shape, other, this.parts);
	}

	int size() {
		return 1 + this.parts.stream().mapToInt(Node::size).sum();
	}

	@Override
	public String toString() {
		String name = this.owner + "." + this.shape + ((this.shape.numbered() != null) ? "*" + this.number : "");
		return this.parts.isEmpty() ? name
				: name + this.parts.stream().map(Node::toString).collect(Collectors.joining(", ", "(", ")"));
	}

	/**
	 * Reads the text of a program.
	 */
	private static final class Parser {

		private final String text;

		private int position;

		Parser(String text) {
			this.text = text.replace(" ", "");
		}

		private Node node() {
			String[] name = word().split("[.*]");
			List<Node> parts = new ArrayList<>();
			if (take('(')) {
				do {
					parts.add(node());
				}
				while (take(','));
				take(')');
			}
			return new Node(Owner.of(name[0]), Shape.of(name[1] + "." + name[2]),
					(name.length > 3) ? Integer.parseInt(name[3]) : 1, parts);
		}

		private String word() {
			int start = this.position;
			while (this.position < this.text.length() && "(),".indexOf(this.text.charAt(this.position)) < 0) {
				this.position++;
			}
			return this.text.substring(start, this.position);
		}

		private boolean take(char expected) {
			boolean found = this.position < this.text.length() && this.text.charAt(this.position) == expected;
			this.position += found ? 1 : 0;
			return found;
		}

	}

}
