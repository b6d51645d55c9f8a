package com.example.coroutine

import io.github.loopguard.bridge.BlockingBridge
import io.github.loopguard.test.BlockingViolations
import io.github.loopguard.test.ExpectBlocking
import io.github.loopguard.test.NonBlockingTest
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.reactor.asCoroutineDispatcher
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.reactor.mono
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import reactor.core.scheduler.Schedulers
import java.time.Duration

/**
 * Coroutines on an event loop, watched as any other test.
 */
@NonBlockingTest
class CoroutineTests {

	private companion object {

		val SOON: Duration = Duration.ofSeconds(30)

	}

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
	@ExpectBlocking(rule = "file-read", at = [Invoices::class])
	fun `what an unconfined coroutine does after a delay is seen`() {
		val invoices = mono(Dispatchers.Unconfined) {
			while (!Thread.currentThread().name.startsWith("kotlinx.coroutines.DefaultExecutor")) {
				delay(1) // goes on here if it is over before the coroutine has suspended
			}
			Invoices.read()
		}
		assertThat(invoices.block(SOON)).isNotEmpty()
	}

	@Test
	@ExpectBlocking(rule = "sleep", at = [Invoices::class])
	fun `a coroutine that blocks the default dispatcher is seen`() {
		mono(Dispatchers.Default) { Invoices.sleep() }.block(SOON)
	}

	@Test
	@ExpectBlocking(rule = "file-read", at = [Invoices::class])
	fun `so is one after a suspension`() {
		assertThat(mono(Dispatchers.Default) { Invoices.readLater() }.block(SOON)).isNotEmpty()
	}

	@Test
	fun `coroutines that suspend are silent`() {
		val sum = mono(Dispatchers.Default) {
			val numbers = Channel<Int>(4)
			val lock = Mutex()
			var sum = 0
			val workers = List(8) {
				launch {
					for (number in numbers) {
						delay(1)
						lock.withLock { sum += number }
						yield()
					}
				}
			}
			repeat(200) { numbers.send(1) }
			numbers.close()
			workers.joinAll()
			withTimeout(1000) { withContext(Dispatchers.IO) { Thread.sleep(1) } }
			sum
		}
		assertThat(sum.block(SOON)).isEqualTo(200)
	}

	@Test
	fun `the fixed forms are silent`() = runBlocking<Unit>(loop) {
		assertThat(withContext(Dispatchers.IO) { Invoices.read() }).isNotEmpty()
		BlockingBridge(emptyList()).use { bridge ->
			assertThat(bridge.call { Invoices.read() }.awaitSingle()).isNotEmpty()
		}
	}

}
