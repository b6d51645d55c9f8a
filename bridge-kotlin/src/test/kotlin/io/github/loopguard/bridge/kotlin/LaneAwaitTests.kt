package io.github.loopguard.bridge.kotlin

import io.github.loopguard.bridge.BlockingBridge
import io.github.loopguard.bridge.Lane
import io.github.loopguard.bridge.LaneClosedException
import io.github.loopguard.bridge.LaneFullException
import io.github.loopguard.bridge.LaneSpec
import io.github.loopguard.bridge.LaneTimeoutException
import io.github.loopguard.bridge.OnCancel
import io.micrometer.context.ContextRegistry
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.reactor.ReactorContext
import kotlinx.coroutines.reactor.mono
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import org.slf4j.MDC
import reactor.util.context.Context
import java.io.IOException
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicBoolean

/**
 * Tests for [await].
 */
@Timeout(30)
class LaneAwaitTests {

	private val bridge = BlockingBridge(emptyList())

	private val busy = BusyThread()

	@AfterEach
	fun close() {
		busy.release()
		bridge.close()
	}

	@Test
	fun `the result is returned`() = runBlocking<Unit> {
		val length: Int = bridge.await { "four".length }
		assertThat(length).isEqualTo(4)
		assertThat(lane().await { Thread.currentThread().name }).startsWith("lane-one-")
	}

	@Test
	fun `null and Unit are results like others`() = runBlocking<Unit> {
		val nothing: String? = bridge.await { null }
		assertThat(nothing).isNull()
		assertThat(bridge.await { }).isEqualTo(Unit)
	}

	@Test
	fun `an error is thrown as it is`() = runBlocking<Unit> {
		val failure = IOException("disk on fire")
		assertThat(assertThrows<IOException> { bridge.await { throw failure } }).isSameAs(failure)
		assertThrows<OutOfMemoryError> { bridge.await { throw OutOfMemoryError("not really") } }
	}

	@Test
	fun `a cancellation that the work throws is not the coroutine's`() = runBlocking<Unit> {
		assertThrows<CancellationException> { bridge.await { throw CancellationException("mine") } }
		assertThat(bridge.await { 1 }).isEqualTo(1)
	}

	@Test
	fun `a full lane throws its typed error`() = runBlocking<Unit> {
		val lane = lane { withQueueCapacity(0) }
		busy.occupy(lane)
		assertThat(assertThrows<LaneFullException> { lane.await { 1 } }.status().active()).isEqualTo(1)
	}

	@Test
	fun `the lane's timeouts and its closing throw their typed errors`() = runBlocking<Unit> {
		val lane = lane { withQueueTimeout(Duration.ofMillis(50)) }
		busy.occupy(lane)
		assertThat(assertThrows<LaneTimeoutException> { lane.await { 1 } }.phase())
			.isEqualTo(LaneTimeoutException.Phase.QUEUE)
		bridge.close()
		assertThrows<LaneClosedException> { lane.await { 1 } }
	}

	@Test
	fun `a coroutine cancelled while its call waits frees the place`() = runBlocking<Unit> {
		val lane = lane { withQueueCapacity(1) }
		busy.occupy(lane)
		val ran = AtomicBoolean()
		val waiting = launch(start = CoroutineStart.UNDISPATCHED) { lane.await { ran.set(true) } }
		assertThat(lane.status().queued()).isEqualTo(1)
		assertThrows<LaneFullException> { lane.await { 1 } }
		waiting.cancelAndJoin()
		assertThat(lane.status().queued()).isZero()
		val next = async(start = CoroutineStart.UNDISPATCHED) { lane.await { "next" } }
		busy.release()
		assertThat(next.await()).isEqualTo("next")
		assertThat(ran).isFalse()
	}

	@Test
	fun `a coroutine cancelled while its call runs interrupts it where the lane does`() = runBlocking<Unit> {
		val lane = lane { withOnCancel(OnCancel.INTERRUPT) }
		val interrupted = CountDownLatch(1)
		val running = CountDownLatch(1)
		val call = launch(start = CoroutineStart.UNDISPATCHED) {
			lane.await {
				running.countDown()
				try {
					CountDownLatch(1).await()
				} catch (ex: InterruptedException) {
					interrupted.countDown()
				}
			}
		}
		running.await()
		call.cancelAndJoin()
		interrupted.await()
		assertIdle(lane)
		assertThat(lane.await { Thread.currentThread().isInterrupted }).isFalse()
	}

	@Test
	fun `a coroutine cancelled while its call runs abandons it where the lane does`() = runBlocking<Unit> {
		val lane = lane()
		val running = CountDownLatch(1)
		val proceed = CountDownLatch(1)
		val abandoned = CountDownLatch(1)
		val call = launch(start = CoroutineStart.UNDISPATCHED) {
			lane.await {
				running.countDown()
				proceed.await()
				if (BlockingBridge.isAbandoned()) {
					abandoned.countDown()
				}
			}
		}
		running.await()
		call.cancelAndJoin()
		assertThat(lane.status().lingering()).isEqualTo(1)
		assertThat(lane.status().active()).isEqualTo(1)
		proceed.countDown()
		abandoned.await()
		assertIdle(lane)
	}

	@Test
	fun `withTimeout cancels the call`() = runBlocking<Unit> {
		val lane = lane { withOnCancel(OnCancel.INTERRUPT) }
		val interrupted = CountDownLatch(1)
		assertThrows<TimeoutCancellationException> {
			withTimeout(50) {
				lane.await {
					try {
						CountDownLatch(1).await()
					} catch (ex: InterruptedException) {
						interrupted.countDown()
					}
				}
			}
		}
		interrupted.await()
		assertIdle(lane)
	}

	@Test
	fun `a coroutine that is cancelled already starts nothing`() = runBlocking<Unit> {
		val ran = AtomicBoolean()
		val late = launch(start = CoroutineStart.UNDISPATCHED) {
			coroutineContext[Job]?.cancel()
			lane().await { ran.set(true) }
		}
		late.join()
		assertThat(ran).isFalse()
		assertThat(bridge.lane("one").status().queued()).isZero()
	}

	@Test
	fun `a failing call cancels its siblings`() = runBlocking<Unit> {
		val lane = lane { withThreads(2).withOnCancel(OnCancel.INTERRUPT) }
		val running = CountDownLatch(1)
		assertThrows<IOException> {
			coroutineScope {
				listOf(
					async {
						lane.await {
							running.countDown()
							CountDownLatch(1).await()
						}
					},
					async {
						lane.await {
							running.await()
							throw IOException("disk on fire")
						}
					},
				).awaitAll()
			}
		}
		assertIdle(lane)
	}

	@Test
	fun `the logging context reaches the work`() = runBlocking<Unit> {
		MDC.putCloseable("order", "42").use {
			assertThat(bridge.await { MDC.get("order") }).isEqualTo("42")
		}
		assertThat(bridge.await<String?> { MDC.get("order") }).isNull()
	}

	@Test
	fun `the coroutine's Reactor context reaches the work`() = runBlocking<Unit> {
		val tenant = ThreadLocal<String>()
		ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", tenant)
		try {
			withContext(ReactorContext(Context.of("tenant", "acme"))) {
				assertThat(bridge.await { tenant.get() }).isEqualTo("acme")
			}
			assertThat(mono { bridge.await { tenant.get() } }.contextWrite(Context.of("tenant", "zeta")).block())
				.isEqualTo("zeta")
			assertThat(bridge.await<String?> { tenant.get() }).isNull()
		} finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor("tenant")
		}
	}

	@Test
	fun `a call from within the lane runs in place`() = runBlocking<Unit> {
		val lane = lane { withQueueCapacity(0) }
		val threads = lane.await {
			Thread.currentThread() to runBlocking { lane.await { Thread.currentThread() } }
		}
		assertThat(threads.first).isSameAs(threads.second)
	}

	private fun lane(change: LaneSpec.() -> LaneSpec = { this }): Lane =
		bridge.define(LaneSpec.named("one").withThreads(1).change())

}
