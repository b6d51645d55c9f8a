package io.github.loopguard.autoconfigure.loading;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EarlyLoadingTests {

	@Test
	void everyClassInTheListExists() throws Exception {
		for (String name : names()) {
			assertThat(Class.forName(name, false, getClass().getClassLoader()).getName()).isEqualTo(name);
		}
	}

	@Test
	void nothingOfBlockHoundIsInTheList() throws Exception {
		assertThat(names()).hasSizeGreaterThan(200)
			.noneMatch((name) -> name.startsWith("io.github.loopguard.detect.blockhound"));
	}

	@Test
	void nothingIsLoadedAfterItWasStopped() {
		EarlyLoading.start();
		EarlyLoading.stopAndWait();
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("loopguard-loader");
	}

	private static List<String> names() throws Exception {
		try (InputStream list = EarlyLoading.class.getResourceAsStream(EarlyLoading.LIST)) {
			assertThat(list).isNotNull();
			return new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII)).lines().toList();
		}
	}

}
