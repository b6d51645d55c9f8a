package com.example.launcher;

import java.util.Map;

import com.example.start.StartApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Has a context of its own prepare the environment, as Spring Cloud's bootstrap does.
 */
public final class WithBootstrapContext {

	private static final String BOOTSTRAP = "bootstrap";

	private WithBootstrapContext() {
	}

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(StartApplication.class);
		application.addListeners(new Bootstrap(application));
		application.run(args);
	}

	@Configuration(proxyBeanMethods = false)
	static class Configured {

	}

	private record Bootstrap(SpringApplication application)
			implements
				ApplicationListener<ApplicationEnvironmentPreparedEvent>,
				Ordered {

		@Override
		public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
			StandardEnvironment environment = new StandardEnvironment();
			environment.getPropertySources()
				.addFirst(new MapPropertySource(BOOTSTRAP, Map.of("spring.main.web-application-type", "none")));
			ConfigurableApplicationContext bootstrap = new SpringApplicationBuilder(Configured.class)
				.environment(environment)
				.web(WebApplicationType.NONE)
				.run();
			bootstrap.setId(BOOTSTRAP);
			this.application.addInitializers((context) -> context.setParent(bootstrap));
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE + 5;
		}

	}

}
