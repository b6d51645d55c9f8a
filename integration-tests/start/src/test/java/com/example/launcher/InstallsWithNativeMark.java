package com.example.launcher;

import com.example.start.StartApplication;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Installs BlockHound with a mark on a native method.
 */
public final class InstallsWithNativeMark {

	private InstallsWithNativeMark() {
	}

	public static void main(String[] args) {
		BlockHound.builder().loadIntegrations().markAsBlocking(Runtime.class, "freeMemory", "()J").install();
		StartApplication.main(args);
		Mono.fromCallable(() -> Runtime.getRuntime().freeMemory())
			.subscribeOn(Schedulers.parallel())
			.doOnError((ex) -> System.out.println(ex.getMessage()))
			.onErrorComplete()
			.block();
	}

}
