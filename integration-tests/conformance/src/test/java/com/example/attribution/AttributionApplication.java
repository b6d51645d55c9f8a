package com.example.attribution;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

/**
 * An application whose code blocks in every way a stack can hide.
 */
@SpringBootApplication
class AttributionApplication {

	@Bean
	static BeanNameAutoProxyCreator classProxies() {
		return proxies("invoiceService", true);
	}

	@Bean
	static BeanNameAutoProxyCreator interfaceProxies() {
		return proxies("filePriceSource", false);
	}

	@Bean
	static CountingInterceptor countingInterceptor() {
		return new CountingInterceptor();
	}

	private static BeanNameAutoProxyCreator proxies(String beanName, boolean proxyTargetClass) {
		BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
		creator.setBeanNames(beanName);
		creator.setInterceptorNames("countingInterceptor");
		creator.setProxyTargetClass(proxyTargetClass);
		return creator;
	}

	/**
	 * Lets the log line and the library's name follow, which are not made on the loop.
	 */
	static Violation only() {
		return Loopguard.instance().ledger().violations().stream().reduce((one, other) -> {
			throw new AssertionError("More than one violation: " + one + " and " + other);
		}).orElseThrow(() -> new AssertionError("No violation"));
	}

}
