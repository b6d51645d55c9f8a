package io.github.loopguard.autoconfigure.endpoint;

import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is switched is audited.
 */
class SwitchAuditTests {

	@Test
	void alsoWhereBeansAreCreatedWhenTheyAreNeeded() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BlockingEndpointAutoConfiguration.class))
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context.getBeanFactory().containsSingleton("blockingLinks")).isFalse();
				assertThat(context.getBeanFactory().containsSingleton("loopguardSwitchAudit")).isTrue();
			});
	}

}
