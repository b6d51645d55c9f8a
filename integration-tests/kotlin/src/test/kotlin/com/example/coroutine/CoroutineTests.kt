package com.example.coroutine

import io.github.loopguard.bridge.BlockingBridge
import io.github.loopguard.test.BlockingViolations
import io.github.loopguard.test.ExpectBlocking
import io.github.loopguard.test.NonBlockingTest
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.reactor.asCoroutineDispatcher
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import reactor.core.scheduler.Schedulers

/**
 * Coroutines on an event loop, watched as any other test.
 */
@NonBlockingTest
class CoroutineTests {

	private val loop: CoroutineDispatcher = Schedulers.parallel().asCoroutineDispatcher()

	@Test
	@ExpectBlocking(rule = "file-read", at = [Invoices::class])
	fun `a coroutine that blocks an event loop is seen`() = runBlocking<Unit>(loop) {
		assertThat(Invoices.read()).isNotEmpty()
	}

	@Test
	fun `it is named as its author wrote it`(violations: BlockingViolations) {
		runBlocking(loop) {
			delay(1)
			Invoices.readLater()
		}
		val violation = violations.all().single()
		assertThat(violation.site()?.methodName()).isEqualTo("readLater")
		assertThat(violations).hasRule("file-read").at(Invoices::class.java)
	}

	@Test
	fun `the fixed forms are silent`() = runBlocking<Unit>(loop) {
		assertThat(withContext(Dispatchers.IO) { Invoices.read() }).isNotEmpty()
		BlockingBridge(emptyList()).use { bridge ->
			assertThat(bridge.call { Invoices.read() }.awaitSingle()).isNotEmpty()
		}
	}

}
