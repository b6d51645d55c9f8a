package com.example.annotated;

import java.util.function.Function;

import io.smallrye.common.annotation.Blocking;

/**
 * A generic interface that says that it blocks.
 *
 * @param <T> what is stored
 */
@Blocking
interface Store<T> extends Function<T, String> {

	T save(T value);

	/**
	 * Has a bridge method for each method of the interface.
	 */
	class OfText implements Store<String> {

		@Override
		public String save(String value) {
			return value;
		}

		@Override
		public String apply(String value) {
			return value;
		}

	}

}
