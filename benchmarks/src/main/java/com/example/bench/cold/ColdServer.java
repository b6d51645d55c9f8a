package com.example.bench.cold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * One route that answers JSON. Counts the classes that its event loops load from
 * readiness on. Runs without Loopguard, too.
 */
@SpringBootApplication
@RestController
public class ColdServer {

	/**
	 * What the server prints before the number of its port.
	 */
	public static final String PORT = "port ";

	/**
	 * What the server prints before the number of classes.
	 */
	public static final String CLASSES = "classes ";

	/**
	 * Starts the server, prints its port, counts until it reads something from standard
	 * input, prints the count and ends.
	 * @param args arguments for Spring
	 * @throws IOException if the recording cannot be read
	 */
	public static void main(String[] args) throws IOException {
		Path file = Files.createTempFile("cold-start", ".jfr");
		try (Recording recording = new Recording(); ConfigurableApplicationContext context = start(recording, args)) {
			Instant ready = Instant.now();
			System.out.println(PORT + context.getEnvironment().getProperty("local.server.port"));
			if (System.in.read() >= 0) {
				recording.stop();
				recording.dump(file);
				System.out.println(CLASSES + loadedOnEventLoops(file, ready));
			}
		}
		finally {
			Files.delete(file);
		}
	}

	private static ConfigurableApplicationContext start(Recording recording, String[] args) {
		recording.enable("jdk.ClassLoad").withoutThreshold().withoutStackTrace();
		recording.start();
		return SpringApplication.run(ColdServer.class, args);
	}

	private static long loadedOnEventLoops(Path file, Instant ready) throws IOException {
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getStartTime().isAfter(ready) && onEventLoop(event))
			.count();
	}

	private static boolean onEventLoop(RecordedEvent event) {
		RecordedThread thread = event.getThread();
		return thread != null && thread.getJavaName() != null && thread.getJavaName().startsWith("reactor-http-");
	}

	@GetMapping("/items/{id}")
	Mono<Item> item(@PathVariable long id) {
		return Mono.just(new Item(id, "item " + id, List.of("new", "cheap")));
	}

	record Item(long id, String name, List<String> tags) {
	}

}
