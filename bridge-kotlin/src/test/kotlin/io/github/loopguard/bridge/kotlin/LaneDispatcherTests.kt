package io.github.loopguard.bridge.kotlin

import io.github.loopguard.bridge.BlockingBridge
import io.github.loopguard.bridge.LaneClosedException
import io.github.loopguard.bridge.LaneFullException
import io.github.loopguard.bridge.LaneSpec
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.asContextElement
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.reactor.asCoroutineDispatcher
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import org.slf4j.MDC
import reactor.core.scheduler.Schedulers
import java.util.concurrent.CompletableFuture
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.coroutines.Continuation
import kotlin.coroutines.resume
import kotlin.coroutines.suspendCoroutine

/**
 * Tests for [asCoroutineDispatcher].
 */
@Timeout(30)
class LaneDispatcherTests {

	private val bridge = BlockingBridge(
		listOf(
			LaneSpec.named("one").withThreads(1).withQueueCapacity(4),
			LaneSpec.named("roomy").withThreads(1).withQueueCapacity(64)
		)
	)

	private val lane = bridge.lane("one")

	private val dispatcher = lane.asCoroutineDispatcher()

	private val busy = BusyThread()

	@AfterEach
	fun close() {
		busy.release()
		bridge.close()
	}

	@Test
	fun `a block runs on the lane's thread, and what follows where it was`() {
		val loop = Schedulers.parallel().asCoroutineDispatcher()
		runBlocking(loop) {
			assertThat(withContext(dispatcher) { Thread.currentThread().name }).startsWith("lane-one-")
			assertThat(Thread.currentThread().name).startsWith("parallel-")
		}
		assertIdle(lane)
	}

	@Test
	fun `a coroutine launched on the lane's thread is not run in place`() = runBlocking<Unit> {
		val order = mutableListOf<String>()
		withContext(dispatcher) {
			launch { order += "child" }
			order += "parent"
		}
		assertThat(order).containsExactly("parent", "child")
	}

	@Test
	fun `children that yield, wait and change dispatchers share one thread`() = runBlocking<Unit> {
		val lane = bridge.lane("roomy")
		val results = withContext(lane.asCoroutineDispatcher()) {
			List(3) { number ->
				async {
					yield()
					val doubled = async { number * 2 }
					delay(1)
					withContext(lane.asCoroutineDispatcher()) { doubled.await() + withContext(Dispatchers.Default) { 1 } }
				}
			}.awaitAll()
		}
		assertThat(results).containsExactly(1, 3, 5)
		assertIdle(lane)
	}

	@Test
	fun `a delay occupies no thread`() = runBlocking<Unit> {
		val sleeper = launch(dispatcher) { delay(60_000) }
		assertIdle(lane)
		assertThat(lane.await { "free" }).isEqualTo("free")
		sleeper.cancelAndJoin()
	}

	@Test
	fun `a call to the lane from its own coroutine runs in place`() = runBlocking<Unit> {
		withContext(dispatcher) {
			val mine = Thread.currentThread()
			assertThat(lane.await { Thread.currentThread() }).isSameAs(mine)
		}
	}

	@Test
	fun `a full lane cancels a block before it runs`() = runBlocking<Unit> {
		fill()
		val ran = AtomicBoolean()
		val cancelled = assertThrows<CancellationException> { withContext(dispatcher) { ran.set(true) } }
		assertThat(cancelled).hasCauseInstanceOf(RejectedExecutionException::class.java)
			.hasRootCauseInstanceOf(LaneFullException::class.java)
		assertThat(ran).isFalse()
		assertThat(coroutineContext[Job]?.isActive).isTrue()
	}

	@Test
	fun `a full lane ends a launched coroutine silently`() = runBlocking<Unit> {
		fill()
		val ran = AtomicBoolean()
		val job = launch(dispatcher) { ran.set(true) }
		job.join()
		assertThat(job.isCancelled).isTrue()
		assertThat(ran).isFalse()
	}

	@Test
	fun `a full lane cancels a coroutine that would go on, which ends on Dispatchers IO`() = runBlocking<Unit> {
		val signal = CompletableDeferred<Unit>()
		val cleanUp = CompletableFuture<String>()
		val wentOn = AtomicBoolean()
		val job = launch(dispatcher) {
			try {
				signal.await()
				wentOn.set(true)
			} finally {
				cleanUp.complete(Thread.currentThread().name)
			}
		}
		withContext(dispatcher) { }
		fill()
		signal.complete(Unit)
		job.join()
		assertThat(cleanUp.get()).startsWith("DefaultDispatcher-worker-")
		assertThat(job.isCancelled).isTrue()
		assertThat(wentOn).isFalse()
	}

	@Test
	fun `NonCancellable does not protect from a full lane`() = runBlocking<Unit> {
		fill()
		assertThrows<CancellationException> { withContext(NonCancellable + dispatcher) { } }
	}

	@Test
	fun `code after a suspension that cannot be cancelled runs outside of a full lane`() = runBlocking<Unit> {
		lateinit var continuation: Continuation<Unit>
		val thread = CompletableFuture<String>()
		val job = launch(dispatcher) {
			suspendCoroutine { continuation = it }
			thread.complete(Thread.currentThread().name)
			delay(60_000)
		}
		withContext(dispatcher) { }
		fill()
		continuation.resume(Unit)
		job.join()
		assertThat(thread.get()).startsWith("DefaultDispatcher-worker-")
		assertThat(job.isCancelled).isTrue()
	}

	@Test
	fun `a lane without a queue rejects what its only thread launches`() = runBlocking<Unit> {
		val narrow = bridge.define(LaneSpec.named("narrow").withThreads(1).withQueueCapacity(0)).asCoroutineDispatcher()
		assertThat(withContext(narrow) { launch { } }.isCancelled).isTrue()
	}

	@Test
	fun `a closed lane cancels like a full one`() = runBlocking<Unit> {
		bridge.close()
		assertThat(assertThrows<CancellationException> { withContext(dispatcher) { } })
			.hasRootCauseInstanceOf(LaneClosedException::class.java)
	}

	@Test
	fun `a coroutine cancelled while it waits runs none of its code`() = runBlocking<Unit> {
		busy.occupy(lane)
		val ran = AtomicBoolean()
		val waiting = launch(dispatcher) { ran.set(true) }
		waiting.cancel()
		busy.release()
		waiting.join()
		assertThat(ran).isFalse()
		assertIdle(lane)
	}

	@Test
	fun `a coroutine keeps its thread locals by elements of its context`() = runBlocking<Unit> {
		val tenant = ThreadLocal<String>()
		withContext(dispatcher + tenant.asContextElement("acme")) {
			assertThat(tenant.get()).isEqualTo("acme")
			delay(1)
			assertThat(tenant.get()).isEqualTo("acme")
		}
		assertThat(lane.await<String?> { tenant.get() }).isNull()
	}

	@Test
	fun `without an element it sees those of the thread that lets it go on`() = runBlocking<Unit> {
		val signal = CompletableDeferred<Unit>()
		val seen = CompletableFuture<Pair<String?, String?>>()
		MDC.putCloseable("order", "mine").use {
			launch(dispatcher) {
				val before = MDC.get("order")
				signal.await()
				seen.complete(before to MDC.get("order"))
			}
		}
		withContext(dispatcher) { }
		MDC.putCloseable("order", "another").use { signal.complete(Unit) }
		assertThat(seen.get()).isEqualTo("mine" to "another")
	}

	@Test
	fun `an error of a block is thrown as it is`() = runBlocking<Unit> {
		val failure = IllegalStateException("disk on fire")
		assertThat(assertThrows<IllegalStateException> { withContext(dispatcher) { throw failure } }).isSameAs(failure)
	}

	/**
	 * Occupies the only thread and the queue.
	 */
	private fun fill() {
		busy.occupy(lane)
		repeat(4) { lane.run { }.onErrorComplete().subscribe() }
	}

}
