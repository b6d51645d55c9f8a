package io.github.loopguard.autoconfigure.bridge.offload;

import java.lang.reflect.Method;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.util.Assert;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.BlockingBridge;
import io.github.loopguard.bridge.Lane;

/**
 * Calls a method annotated with {@code @Offload} in its lane.
 */
final class OffloadInterceptor implements MethodInterceptor {

	private final ConcurrentHashMap<CalledMethod, OffloadMethod> methods = new ConcurrentHashMap<>();

	private final Supplier<BlockingBridge> bridge;

	OffloadInterceptor(Supplier<BlockingBridge> bridge) {
		this.bridge = bridge;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		OffloadMethod method = this.methods.computeIfAbsent(
				new CalledMethod(invocation.getMethod(), (target != null) ? target.getClass() : null),
				CalledMethod::find);
		if (!method.reactive()) {
			return invocation.proceed();
		}
		Flux<Object> work = work(method, (ProxyMethodInvocation) invocation);
		return method.single() ? Mono.fromDirect(work) : work;
	}

	private Flux<Object> work(OffloadMethod method, ProxyMethodInvocation invocation) {
		Lane lane = this.bridge.get().lane(method.lane());
		return lane.observedAs(method.name()).defer(() -> proceed(invocation));
	}

	@SuppressWarnings("unchecked")
	private static Publisher<Object> proceed(ProxyMethodInvocation invocation) throws Exception {
		try {
			// Each subscription is a separate call, and an invocation proceeds only once.
			Object result = invocation.invocableClone().proceed();
			Assert.state(result != null, () -> invocation.getMethod() + " returned no publisher");
			return (Publisher<Object>) result;
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record CalledMethod(Method method, @Nullable Class<?> targetClass) {

		OffloadMethod find() {
			OffloadMethod found = OffloadMethod.find(this.method, this.targetClass);
			Assert.state(found != null, () -> this.method + " is not offloaded");
			return found;
		}

	}

}
