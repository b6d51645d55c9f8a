package io.github.loopguard.autoconfigure.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Offload;
import io.github.loopguard.bridge.UnknownLaneException;

import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodIntrospector;

/**
 * Proxies beans with methods annotated with {@code @Offload}, and fails the start if a
 * method does not support it.
 */
final class OffloadPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
		implements SmartInitializingSingleton {

	private final ObjectProvider<BlockingBridge> bridge;

	private final List<OffloadMethod> unchecked = new ArrayList<>();

	private boolean started;

	OffloadPostProcessor(ObjectProvider<BlockingBridge> bridge, ObjectProvider<OffloadObservation> observation) {
		this.bridge = bridge;
		setProxyTargetClass(true);
		setBeforeExistingAdvisors(true);
		this.advisor = new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forMethodAnnotation(Offload.class),
				new OffloadInterceptor(bridge::getObject, observation::getIfAvailable));
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (!(bean instanceof AopInfrastructureBean)) {
			Class<?> beanClass = AopUtils.getTargetClass(bean);
			Map<?, OffloadMethod> methods = MethodIntrospector.selectMethods(beanClass,
					(MethodIntrospector.MetadataLookup<OffloadMethod>) OffloadMethod::find);
			methods.values().forEach((method) -> check(method, beanClass));
		}
		return super.postProcessAfterInitialization(bean, beanName);
	}

	@Override
	public synchronized void afterSingletonsInstantiated() {
		this.started = true;
		this.unchecked.forEach(this::checkLane);
		this.unchecked.clear();
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

}
