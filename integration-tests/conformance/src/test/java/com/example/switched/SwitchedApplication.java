package com.example.switched;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.actuate.audit.listener.AuditListener;
import org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application whose detectors are switched while it runs. Boot's own configuration of
 * audits needs Spring Security.
 */
@SpringBootApplication(exclude = AuditAutoConfiguration.class)
public class SwitchedApplication {

	@Bean
	AuditEventRepository auditEventRepository() {
		return new InMemoryAuditEventRepository();
	}

	@Bean
	AuditListener auditListener(AuditEventRepository repository) {
		return new AuditListener(repository);
	}

	@RestController
	static class Routes {

		@GetMapping("/read")
		int read() throws IOException {
			return Files.readString(Path.of(System.getProperty("java.home"), "release")).length();
		}

		@GetMapping("/thread")
		String thread() {
			return Thread.currentThread().getName();
		}

		@GetMapping("/compute/{millis}")
		long compute(@PathVariable("millis") long millis) {
			long steps = 0;
			long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
			while (System.nanoTime() < end) {
				steps++;
			}
			return steps;
		}

	}

}
