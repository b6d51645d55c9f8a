package com.example.start;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * An application to be started in every way there is.
 */
@SpringBootApplication
public class StartApplication {

	public static void main(String[] args) {
		SpringApplication.run(StartApplication.class, args);
	}

	/**
	 * Blocks without a server, where there is none.
	 */
	@Bean
	@ConditionalOnBooleanProperty("start.without-server")
	ApplicationRunner blocksWithoutServer(BlockingCode code) {
		return (arguments) -> Mono.fromCallable(code::read).subscribeOn(Schedulers.parallel()).block();
	}

}
