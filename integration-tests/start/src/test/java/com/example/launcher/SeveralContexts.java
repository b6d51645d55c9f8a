package com.example.launcher;

import com.example.start.StartApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Opens two contexts, closes the first and opens a third.
 */
public final class SeveralContexts {

	private SeveralContexts() {
	}

	public static void main(String[] args) {
		ConfigurableApplicationContext first = open(args);
		open(args);
		first.close();
		open(args);
		System.out.println("The third is up");
	}

	private static ConfigurableApplicationContext open(String[] args) {
		return SpringApplication.run(new Class<?>[] { StartApplication.class, OwnLoops.class }, args);
	}

	/**
	 * Event loops that closing another context does not take away.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnLoops {

		@Bean
		ReactorResourceFactory reactorResourceFactory() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			return resources;
		}

	}

}
