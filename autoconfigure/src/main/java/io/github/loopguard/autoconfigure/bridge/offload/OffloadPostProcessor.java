package io.github.loopguard.autoconfigure.bridge.offload;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Offload;
import io.github.loopguard.bridge.UnknownLaneException;

import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.annotation.MergedAnnotation;

/**
 * Proxies beans with {@link OffloadMethod}s, and fails the start if a method or class
 * does not support {@code @Offload}.
 */
final class OffloadPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
		implements SmartInitializingSingleton {

	private final ObjectProvider<BlockingBridge> bridge;

	private final OffloadCandidates candidates = new OffloadCandidates();

	private final List<OffloadMethod> unchecked = new ArrayList<>();

	private boolean started;

	OffloadPostProcessor(ObjectProvider<BlockingBridge> bridge) {
		this.bridge = bridge;
		setProxyTargetClass(true);
		setBeforeExistingAdvisors(true);
		this.advisor = new DefaultPointcutAdvisor(new OffloadPointcut(), new OffloadInterceptor(bridge::getObject));
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof AopInfrastructureBean) {
			return bean;
		}
		Class<?> beanClass = AopUtils.getTargetClass(bean);
		if (!this.candidates.contain(beanClass)) {
			return bean;
		}
		Collection<OffloadMethod> methods = OffloadMethod.in(beanClass);
		if (methods.isEmpty()) {
			checkNotAnnotated(beanClass);
			return bean;
		}
		methods.forEach((method) -> check(method, beanClass));
		return super.postProcessAfterInitialization(bean, beanName);
	}

	@Override
	public synchronized void afterSingletonsInstantiated() {
		this.started = true;
		this.unchecked.forEach(this::checkLane);
		this.unchecked.clear();
	}

	private static void checkNotAnnotated(Class<?> beanClass) {
		MergedAnnotation<Offload> annotation = OffloadMethod.classAnnotation(beanClass);
		if (annotation.isPresent()) {
			throw new InvalidOffloadException(annotation.synthesize().value(), beanClass.getName(),
					"it covers no method, since the class declares none that returns Mono, Flux or Publisher or"
							+ " handles requests",
					"let its methods return Mono or Flux, or remove the annotation; a method that the class inherits"
							+ " is covered by an annotation on the class that declares it");
		}
	}

	private synchronized void check(OffloadMethod method, Class<?> beanClass) {
		InvalidOffloadException misuse = method.misuse(beanClass);
		if (misuse != null) {
			throw misuse;
		}
		if (this.started) {
			checkLane(method);
		}
		else {
			// Beans created later may define lanes.
			this.unchecked.add(method);
		}
	}

	private void checkLane(OffloadMethod method) {
		try {
			this.bridge.getObject().lane(method.lane());
		}
		catch (UnknownLaneException ex) {
			throw new InvalidOffloadException(method, "names a lane that does not exist; there are " + ex.known(),
					"define the lane by loopguard.bridge.lanes." + method.lane() + ".threads, or by a LaneSpec bean");
		}
	}

	static final class OffloadPointcut extends StaticMethodMatcherPointcut {

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return OffloadMethod.find(method, targetClass) != null;
		}

	}

}
