package com.example.slice;

import com.example.shop.ShopApplication;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.loopguard.autoconfigure.LoopguardProfile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the profile of an application in a build.
 */
class ProfileTests {

	@Test
	void isTest() {
		assertThat(profile()).isEqualTo(LoopguardProfile.TEST);
	}

	@Test
	void configurationWins() {
		assertThat(profile("--loopguard.profile=production")).isEqualTo(LoopguardProfile.PRODUCTION);
	}

	private static LoopguardProfile profile(String... args) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ShopApplication.class)
			.web(WebApplicationType.NONE)
			.run(args)) {
			return LoopguardProfile.of(context.getEnvironment());
		}
	}

}
