package io.github.loopguard.kotlin

import io.github.loopguard.bridge.BlockingBridge
import io.github.loopguard.bridge.LaneFullException
import io.github.loopguard.bridge.LaneSpec
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.reactor.awaitSingleOrNull
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.util.concurrent.CountDownLatch

/**
 * The bridge as Kotlin sees it.
 */
class BlockingBridgeKotlinTests {

	private val bridge = BlockingBridge(listOf(LaneSpec.named("reports").withThreads(1).withQueueCapacity(0)))

	@AfterEach
	fun close() = bridge.close()

	@Test
	fun `a call is awaited`() = runBlocking<Unit> {
		assertThat(bridge.call { 1 }.awaitSingle()).isEqualTo(1)
	}

	@Test
	fun `a call without a result is awaited as null`() = runBlocking<Unit> {
		val nothing: String? = bridge.call<String> { null }.awaitSingleOrNull()
		assertThat(nothing).isNull()
	}

	@Test
	fun `a stream is a flow`() = runBlocking<Unit> {
		val rows = bridge.iterate { listOf("a", "b").iterator() }.asFlow().toList()
		assertThat(rows).containsExactly("a", "b")
	}

	@Test
	fun `a full lane throws its typed exception`() = runBlocking<Unit> {
		val release = CountDownLatch(1)
		val running = CountDownLatch(1)
		val lane = bridge.lane("reports")
		lane.run {
			running.countDown()
			release.await()
		}.subscribe()
		running.await()
		val full = assertThrows<LaneFullException> { runBlocking { lane.call { 1 }.awaitSingle() } }
		assertThat(full.status().maxThreads()).isEqualTo(1)
		release.countDown()
	}

}
