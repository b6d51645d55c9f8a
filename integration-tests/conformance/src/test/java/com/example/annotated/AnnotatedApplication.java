package com.example.annotated;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * An application with annotated methods.
 */
@SpringBootApplication
class AnnotatedApplication {

	@Bean
	Archive archive() {
		return new Archive("archive");
	}

}
