package com.example.launcher;

import com.example.start.StartApplication;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Installs BlockHound with a callback that wants to be the only one.
 */
public final class InstallsWithCallback {

	private InstallsWithCallback() {
	}

	public static void main(String[] args) {
		BlockHound.builder().loadIntegrations().blockingMethodCallback((method) -> {
			throw new IllegalStateException("The user's callback received " + method);
		}).install();
		StartApplication.main(args);
		System.out.println(Mono.fromCallable(InstallsWithCallback::sleep)
			.onErrorResume((ex) -> Mono.just(String.valueOf(ex.getMessage())))
			.subscribeOn(Schedulers.parallel())
			.block());
	}

	private static String sleep() throws InterruptedException {
		Thread.sleep(1);
		return "The call was not interrupted";
	}

}
