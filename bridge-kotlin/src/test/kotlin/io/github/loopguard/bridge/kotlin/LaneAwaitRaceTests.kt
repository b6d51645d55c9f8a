package io.github.loopguard.bridge.kotlin

import io.github.loopguard.bridge.BlockingBridge
import io.github.loopguard.bridge.LaneSpec
import io.github.loopguard.bridge.OnCancel
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import java.util.concurrent.atomic.AtomicInteger

/**
 * Coroutines cancelled while their calls wait, run or end.
 */
class LaneAwaitRaceTests {

	private val bridge = BlockingBridge(emptyList())

	@AfterEach
	fun close() = bridge.close()

	@ParameterizedTest
	@EnumSource(OnCancel::class)
	@Timeout(60)
	fun `ten thousand cancels leave nothing behind`(onCancel: OnCancel) {
		val cancels = 10_000
		val lane = bridge.define(
			LaneSpec.named("race").withThreads(2).withQueueCapacity(cancels).withOnCancel(onCancel),
		)
		val returned = AtomicInteger()
		val strayInterrupts = AtomicInteger()
		runBlocking(Dispatchers.Default) {
			repeat(cancels) { round ->
				val call = launch {
					lane.await {
						if (Thread.currentThread().isInterrupted && !BlockingBridge.isAbandoned()) {
							strayInterrupts.incrementAndGet()
						}
						repeat(round % 50) { Thread.onSpinWait() }
					}
					returned.incrementAndGet()
				}
				launch {
					repeat(round % 300) { Thread.onSpinWait() }
					call.cancel()
				}
			}
		}
		assertIdle(lane)
		val status = lane.status()
		assertThat(status.completed() + status.cancelled()).isEqualTo(status.submitted()).isPositive()
		assertThat(status.completed()).isGreaterThanOrEqualTo(returned.get().toLong())
		assertThat(strayInterrupts).hasValue(0)
		assertThat(runBlocking { lane.await { Thread.currentThread().isInterrupted } }).isFalse()
	}

}
