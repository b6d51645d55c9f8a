package com.acme.orders;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import reactor.core.publisher.Mono;

public class Orders {

	public Mono<String> find(String id) {
		return Mono.fromSupplier(() -> id + read()).onErrorReturn("nothing");
	}

	public Mono<Boolean> exists(String id) {
		return Mono.fromSupplier(() -> check(id));
	}

	public Mono<Long> price(String id) {
		return Mono.fromSupplier(() -> Tariffs.PRICE);
	}

	String read() {
		try {
			return Files.readString(Path.of("pom.xml"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean check(String id) {
		return new File(id).exists();
	}

}
