package io.github.loopguard.report;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * A list of numbers in four bytes each: a large report has millions.
 */
final class IndexList extends AbstractList<Integer> implements RandomAccess {

	private final int[] indexes;

	IndexList(int[] indexes) {
		this.indexes = indexes;
	}

	static List<Integer> copyOf(List<Integer> list) {
		return (list instanceof IndexList) ? list : new IndexList(list.stream().mapToInt(Integer::intValue).toArray());
	}

	@Override
	public Integer get(int position) {
		return this.indexes[position];
	}

	@Override
	public int size() {
		return this.indexes.length;
	}

}
