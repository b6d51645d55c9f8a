package com.example.fuzz;

/**
 * A call of the JDK or of a library that blocks.
 */
public interface Call {

	void make() throws Exception;

}
