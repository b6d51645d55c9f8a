package io.github.loopguard.bridge.kotlin

import io.github.loopguard.bridge.BlockingBridge
import io.github.loopguard.bridge.Lane
import io.github.loopguard.bridge.LaneSpec
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path

/**
 * Every piece of Kotlin in the pages of the bridge is taken from this file, which compiles.
 */
@Timeout(30)
class KotlinSnippetTests {

	@Test
	fun `every snippet is taken from this file`() {
		val here = compact(Files.readString(Path.of("src/test/kotlin/${javaClass.name.replace('.', '/')}.kt")))
		val snippets = Files.list(Path.of("../docs")).use { pages ->
			pages.toList().filter { it.fileName.toString().startsWith("bridge") }.flatMap { snippets(Files.readString(it)) }
		}
		assertThat(snippets).isNotEmpty().allSatisfy { assertThat(here).contains(compact(it)) }
	}

	@Test
	fun `the snippets do what the page says`(@TempDir folder: Path) = runBlocking<Unit> {
		val file = Files.write(folder.resolve("names"), listOf("ada", "grace"))
		BlockingBridge(listOf(LaneSpec.named("files").withThreads(1))).use { coroutines(it.lane("files"), file) }
	}

	private suspend fun coroutines(lane: Lane, path: Path) {
		val text = lane.await { Files.readString(path) }
		val lines: Flow<String> = lane.flow { Files.lines(path) }
		val blocking = lane.asCoroutineDispatcher() // keep it
		assertThat(text.lines()).containsAll(lines.toList())
		assertThat(withContext(blocking) { Thread.currentThread().name }).startsWith("lane-files-")
	}

	private fun snippets(page: String) = Regex("```kotlin\n(.*?)```", RegexOption.DOT_MATCHES_ALL).findAll(page)
		.map { it.groupValues[1] }
		.toList()

	private fun compact(code: String) = code.replace(Regex("\\s+"), "")

}
