package com.acme.invoices;

import java.io.File;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

public class Invoices {

	public Mono<Boolean> print(String id) {
		return Mono.fromSupplier(() -> new File(id).isFile());
	}

	public void sendLater() {
		Schedulers.parallel().schedule(this::send, 100, TimeUnit.MILLISECONDS);
	}

	boolean send() {
		return new File("pom.xml").isDirectory();
	}

}
