package com.example.mistakes

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.RestController
import java.io.File

/**
 * Reads a file before and after it was suspended, and when another request resumes it.
 */
@RestController
class CoroutineController {

    private val file: File = File.createTempFile("note", null).apply {
        writeText("paid")
        deleteOnExit()
    }

    private val notes = Channel<Long>()

    @GetMapping("/notes/{id}")
    suspend fun atOnce(@PathVariable id: Long): String = "$id ${file.readText()}"

    @GetMapping("/notes/{id}/later")
    suspend fun afterSuspension(@PathVariable id: Long): String {
        delay(5)
        return "$id ${file.readText()}"
    }

    @GetMapping("/notes/{id}/awaited")
    suspend fun awaited(@PathVariable id: Long): String = "${notes.receive()} $id ${file.readText()}"

    @GetMapping("/notes/{id}/sent")
    suspend fun sent(@PathVariable id: Long): String {
        notes.send(id)
        return "sent"
    }
}
