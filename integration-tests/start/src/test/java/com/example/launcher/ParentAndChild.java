package com.example.launcher;

import com.example.start.StartApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/**
 * Runs the application as the child of a context without a server.
 */
public final class ParentAndChild {

	private ParentAndChild() {
	}

	public static void main(String[] args) {
		new SpringApplicationBuilder(Parent.class).web(WebApplicationType.NONE)
			.child(StartApplication.class)
			.web(WebApplicationType.REACTIVE)
			.run(args);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Parent {

	}

}
