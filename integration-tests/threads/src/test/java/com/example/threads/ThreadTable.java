package com.example.threads;

import java.util.List;
import java.util.stream.Stream;

/**
 * All threads that are known. Some need a machine that has them.
 */
final class ThreadTable {

	private ThreadTable() {
	}

	static List<LibraryThread> here() {
		return all().stream().filter(LibraryThread::available).toList();
	}

	static List<LibraryThread> all() {
		return Stream.of(SchedulerThreads.all(), NettyThreads.all(), ServerThreads.all(), ClientThreads.all())
			.flatMap(List::stream)
			.toList();
	}

}
