package com.example.fuzz;

/**
 * A part of a program. Throws what a call in it throws, also checked exceptions.
 */
public interface Code {

	void go();

}
