package com.example.coroutine

import kotlinx.coroutines.delay
import java.nio.file.Files
import java.nio.file.Path

/**
 * Code of an application that blocks.
 */
object Invoices {

	fun read(): String = Files.readString(Path.of("pom.xml"))

	fun sleep() = Thread.sleep(1)

	suspend fun readLater(): String {
		delay(1)
		return Files.readString(Path.of("pom.xml"))
	}

}
