package com.example.slice;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.example.shop.Blocking;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.loopguard.test.NonBlockingTest;

/**
 * Blocks when its class is over. Run in a JVM of its own.
 */
@ExtendWith(TooLateCase.Waiting.class)
class TooLateCase {

	private static CompletableFuture<String> pending = new CompletableFuture<>();

	/**
	 * The class that is over by then.
	 */
	@Nested
	@NonBlockingTest
	class Inner {

		@Test
		void blocksTooLate() {
			pending = Blocking.later(Duration.ofSeconds(1));
		}

	}

	/**
	 * Keeps the class around it until then.
	 */
	static class Waiting implements AfterAllCallback {

		@Override
		public void afterAll(ExtensionContext context) {
			if (context.getParent().filter((parent) -> parent == context.getRoot()).isPresent()) {
				pending.join();
			}
		}

	}

}
