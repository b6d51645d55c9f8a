package io.github.loopguard.bridge.kotlin

import io.github.loopguard.bridge.Lane
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility
import java.time.Duration
import java.util.concurrent.CountDownLatch

/**
 * Occupies one of a lane's threads until it is released.
 */
internal class BusyThread {

	private val released = CountDownLatch(1)

	fun occupy(lane: Lane) {
		val running = CountDownLatch(1)
		lane.run {
			running.countDown()
			released.await()
		}.onErrorComplete().subscribe()
		running.await()
	}

	fun release() = released.countDown()

}

internal fun assertIdle(lane: Lane) = Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted {
	val status = lane.status()
	assertThat(listOf(status.active(), status.queued(), status.lingering(), status.open()))
		.`as`("active, queued, lingering, open")
		.containsOnly(0)
}
