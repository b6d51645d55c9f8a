package com.example.waited;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/**
 * An application with a single event loop, of the server and of the client.
 */
@SpringBootApplication
class WaitedApplication {

	@Bean(destroyMethod = "dispose")
	LoopResources loopResources() {
		return LoopResources.create("only", 1, true);
	}

	@Bean
	ReactorResourceFactory reactorResourceFactory(LoopResources loops) {
		ReactorResourceFactory factory = new ReactorResourceFactory();
		factory.setUseGlobalResources(false);
		factory.setLoopResources(loops);
		return factory;
	}

}
