package io.github.loopguard.bridge.kotlin

import io.github.loopguard.bridge.BlockingBridge
import io.github.loopguard.bridge.LaneSpec
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import java.util.stream.Stream

/**
 * Tests for [flow].
 */
@Timeout(30)
class LaneFlowTests {

	private val bridge = BlockingBridge(listOf(LaneSpec.named("files").withThreads(1)))

	private val lane = bridge.lane("files")

	@AfterEach
	fun close() = bridge.close()

	@Test
	fun `the elements are collected, each time from a new stream`(@TempDir folder: Path) = runBlocking<Unit> {
		val file = Files.write(folder.resolve("names"), listOf("ada", "grace"))
		val lines = lane.flow { Files.lines(file) }
		assertThat(lines.toList()).containsExactly("ada", "grace")
		assertThat(lines.toList()).containsExactly("ada", "grace")
		assertIdle(lane)
	}

	@Test
	fun `a collector that has enough closes the stream in the lane`() = runBlocking<Unit> {
		val closedBy = CompletableFuture<String>()
		val numbers = lane.flow { Stream.iterate(1) { it + 1 }.onClose { closedBy.complete(Thread.currentThread().name) } }
		assertThat(numbers.first { it == 1_000 }).isEqualTo(1_000)
		assertThat(closedBy.get()).startsWith("lane-files-")
		assertIdle(lane)
	}

	@Test
	fun `an error is thrown to the collector`() = runBlocking<Unit> {
		assertThrows<NoSuchFileException> { lane.flow { Files.lines(Path.of("no such file")) }.toList() }
		assertIdle(lane)
	}

}
