package com.example.waiting;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every public method of the JDK that can wait is found, or left out for a reason.
 */
@EnabledOnOs(OS.LINUX)
class WaitingMethodsTests {

	private static final String PATH = "integration-tests/conformance/src/test/resources/com/example/waiting";

	private static WaitingMethods methods;

	@BeforeAll
	static void look() {
		methods = new WaitingMethods(Catalog.shipped().hooks());
	}

	@Test
	void everyMethodThatCanWaitIsFoundOrLeftOutForAReason() {
		assertThat(methods.unjudged()).as("hook them, or give the reason in " + PATH).isEmpty();
	}

	@Test
	void everyEntryOfAListMatchesSomething() {
		assertThat(methods.unused()).isEmpty();
	}

	@Test
	void methodsThatCanWaitAreFound() {
		assertThat(methods.found()).extracting(JdkMethod::id)
			.contains("java.nio.file.Files#readString", "java.nio.file.Path#toRealPath", "java.lang.Thread#sleep",
					"java.net.Socket#connect", "java.util.concurrent.locks.ReentrantLock#lock",
					"java.util.concurrent.CompletableFuture#get", "java.io.RandomAccessFile#seek",
					"java.nio.channels.SocketChannel#read", "java.lang.management.ThreadMXBean#dumpAllThreads")
			.doesNotContain("java.lang.String#length", "java.util.ArrayList#get", "java.time.Instant#now");
	}

	@Test
	void methodWithoutItsHookIsOnNoList() {
		List<String> without = List.of("java.io.RandomAccessFile#seek", "java.net.NetworkInterface#isUp",
				"sun.nio.ch.SimpleAsynchronousFileChannelImpl#force");
		List<Hook> hooks = Catalog.shipped()
			.hooks()
			.stream()
			.filter((hook) -> !without.contains(hook.className() + "#" + hook.methodName()))
			.toList();
		assertThat(new WaitingMethods(hooks).unjudged()).containsKeys("java.io.RandomAccessFile#seek",
				"java.net.NetworkInterface#isUp", "java.nio.channels.AsynchronousFileChannel#force");
	}

	/**
	 * Counts differ between updates of a JDK: those on the page are of the ones that it
	 * names.
	 */
	@Test
	void pageSaysHowManyAreFound() throws IOException {
		String jdk = String.valueOf(Runtime.version().feature());
		if (!WaitingSection.JDKS.contains(jdk)) {
			return;
		}
		WaitingSection section = WaitingSection.read();
		String release = System.getProperty("java.version");
		boolean regenerate = Boolean.getBoolean("loopguard.regenerate");
		if (regenerate || section.release(jdk).equals(release)) {
			String expected = section.with(jdk, release, methods);
			if (regenerate) {
				WaitingSection.write(expected);
			}
			assertThat(WaitingSection.text()).as("write it anew with -Dloopguard.regenerate=true").isEqualTo(expected);
		}
	}

}
