package com.example.conformance;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A WebFlux application whose requests run the documented operations.
 */
@SpringBootApplication
class ConformanceApplication {

}
