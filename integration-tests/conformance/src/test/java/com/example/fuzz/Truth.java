package com.example.fuzz;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.Origin;
import io.github.loopguard.ViolationKey;

/**
 * What is to be reported of each part of a program. Knows only the program.
 */
final class Truth {

	private final Map<Node, List<Expected>> expected = new IdentityHashMap<>();

	private final Map<Node, Boolean> loops = new IdentityHashMap<>();

	private int deepest;

	private final Mode mode;

	/**
	 * Finds out about a program.
	 * @param program the program, which starts on a thread that may block
	 * @param mode what is done about its calls
	 */
	Truth(Node program, Mode mode) {
		this.mode = mode;
		add(program, List.of(), 0, false, false);
	}

	/**
	 * Returns what is to be reported of each call of a part.
	 */
	List<Expected> of(Node node) {
		return this.expected.getOrDefault(node, List.of());
	}

	/**
	 * Returns whether a part runs on an event loop.
	 */
	boolean isOnLoop(Node node) {
		return this.loops.getOrDefault(node, false);
	}

	/**
	 * Returns about how many frames are between a call and who asked for it, at most.
	 */
	int deepest() {
		return this.deepest;
	}

	/**
	 * Adds a part.
	 * @param outside the stack around it, the innermost first
	 * @param depth about how many frames of it belong to no asking code
	 * @param within whether a call that blocks lasts while it runs
	 */
	private void add(Node node, List<StackPart> outside, int depth, boolean loop, boolean within) {
		this.loops.put(node, loop);
		Hop hop = node.shape().hop();
		boolean runsOnLoop = (hop != null) ? hop.loop() : loop;
		List<StackPart> stack = new ArrayList<>(node.shape().stack(node.owner(), node.number()));
		int inside = depth + node.shape().frames().depth() + stack.size();
		if (hop != null) {
			inside = stack.size();
			stack.add(StackPart.INVERSION);
		}
		else {
			stack.addAll(outside);
		}
		boolean blocks = !node.shape().blocks().isEmpty();
		if (blocks && loop) {
			this.deepest = Math.max(this.deepest, inside);
			if (!within) {
				this.expected.put(node, expected(node, stack));
			}
		}
		for (Node part : node.parts()) {
			add(part, stack, asks(stack) ? 0 : inside, runsOnLoop, (hop == null) && (within || blocks));
		}
	}

	private boolean asks(List<StackPart> stack) {
		return !stack.isEmpty() && stack.get(0).owner() == Owner.APP
				&& (!this.mode.allows() || stack.stream().noneMatch(StackPart::allowed));
	}

	private List<Expected> expected(Node node, List<StackPart> stack) {
		boolean allowed = isAllowed(stack);
		if (allowed && !node.parts().isEmpty()) {
			throw new UnsupportedOperationException("What is called inside an allowed call");
		}
		if (allowed && node.shape().isUncertain()) {
			throw new UnsupportedOperationException("How often an allowed call blocks");
		}
		if (this.mode == Mode.FAILING && node.shape().blocks().size() > 1) {
			throw new UnsupportedOperationException("What follows a call that may be prevented");
		}
		return node.shape().blocks().stream().map((call) -> {
			String[] words = call.split(" ");
			StackPart asking = asking(stack);
			StackPart first = stack.get(0);
			String at = (asking != null) ? asking.at() : first.runs() ? Origin.UNKNOWN.name() : first.at();
			Origin origin = (asking != null) ? Origin.APPLICATION : first.owner().origin();
			return new Expected(new ViolationKey(words[0], words[1], at), origin, allowed);
		}).toList();
	}

	/**
	 * Returns the innermost code of the application, unless what it did was to deliver a
	 * signal or to run a task.
	 */
	private static @Nullable StackPart asking(List<StackPart> stack) {
		for (StackPart part : stack) {
			if (part.owner() == Owner.APP) {
				return part.runs() ? null : part;
			}
			if (part.inverts()) {
				return null;
			}
		}
		return null;
	}

	/**
	 * Returns whether code of the application that may block asked for the call, at any
	 * distance, also by way of code that runs a task.
	 */
	private boolean isAllowed(List<StackPart> stack) {
		for (StackPart part : stack) {
			if (part.allowed() && this.mode.allows()) {
				return true;
			}
			if (part.inverts()) {
				return false;
			}
		}
		return false;
	}

	/**
	 * What is to be reported of one call.
	 *
	 * @param key rule, API and place
	 * @param origin whose code made the call
	 * @param allowed whether it is counted only
	 */
	record Expected(ViolationKey key, Origin origin, boolean allowed) {
	}

}
