package com.example.annotated;

import io.smallrye.common.annotation.Blocking;

/**
 * Says of two methods that they block.
 */
interface Orders {

	@Blocking
	String find(String id);

	@Blocking
	default String first() {
		return "first";
	}

	default String cached(String id) {
		return id;
	}

}
