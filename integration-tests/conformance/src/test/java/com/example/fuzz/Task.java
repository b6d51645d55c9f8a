package com.example.fuzz;

import java.util.concurrent.Callable;

/**
 * A task of somebody else.
 *
 * @param code what it does
 */
public record Task(Code code) implements Runnable, Callable<Integer> {

	@Override
	public void run() {
		this.code.go();
	}

	@Override
	public Integer call() {
		this.code.go();
		return 1;
	}

}
