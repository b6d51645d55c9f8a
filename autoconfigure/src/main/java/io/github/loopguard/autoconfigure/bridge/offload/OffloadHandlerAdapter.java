package io.github.loopguard.autoconfigure.bridge.offload;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

import io.github.loopguard.bridge.BlockingBridge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Runs handler methods that return a plain value and are annotated with {@code @Offload}
 * by WebFlux's blocking execution. WebFlux has one executor for all methods, so each lane
 * has its own adapter, otherwise configured like the application's.
 */
final class OffloadHandlerAdapter implements HandlerAdapter, SmartInitializingSingleton, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(OffloadHandlerAdapter.class);

	private final Map<String, RequestMappingHandlerAdapter> adapters = new HashMap<>();

	private final Map<Method, RequestMappingHandlerAdapter> adaptersByMethod = new HashMap<>();

	private final BlockingBridge bridge;

	private final ObjectProvider<RequestMappingHandlerAdapter> original;

	private final ObjectProvider<RequestMappingHandlerMapping> mappings;

	private final ConfigurableApplicationContext context;

	OffloadHandlerAdapter(BlockingBridge bridge, ObjectProvider<RequestMappingHandlerAdapter> original,
			ObjectProvider<RequestMappingHandlerMapping> mappings, ConfigurableApplicationContext context) {
		this.bridge = bridge;
		this.original = original;
		this.mappings = mappings;
		this.context = context;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.mappings.orderedStream()
			.flatMap((mapping) -> mapping.getHandlerMethods().values().stream())
			.forEach(this::prepare);
	}

	private void prepare(HandlerMethod handler) {
		OffloadMethod method = OffloadMethod.find(handler.getMethod());
		if (method != null && !method.reactive()) {
			this.adaptersByMethod.put(handler.getMethod(), this.adapters.computeIfAbsent(method.lane(), this::adapter));
		}
	}

	private RequestMappingHandlerAdapter adapter(String lane) {
		RequestMappingHandlerAdapter template = this.original.getObject();
		RequestMappingHandlerAdapter adapter = new RequestMappingHandlerAdapter();
		adapter.setMessageReaders(template.getMessageReaders());
		adapter.setWebBindingInitializer(template.getWebBindingInitializer());
		adapter.setArgumentResolverConfigurer(template.getArgumentResolverConfigurer());
		adapter.setContentTypeResolver(template.getContentTypeResolver());
		adapter.setReactiveAdapterRegistry(template.getReactiveAdapterRegistry());
		adapter.setApplicationContext(this.context);
		adapter.setBlockingMethodPredicate((any) -> true);
		setScheduler(adapter, lane);
		try {
			adapter.afterPropertiesSet();
		}
		catch (Exception ex) {
			throw new IllegalStateException("No handler adapter for lane '" + lane + "'", ex);
		}
		return adapter;
	}

	/**
	 * Sets the scheduler of the adapter, which itself makes one of an executor: an
	 * executor is told neither whose request a task belongs to nor that it is cancelled.
	 */
	private void setScheduler(RequestMappingHandlerAdapter adapter, String lane) {
		Field scheduler = ReflectionUtils.findField(RequestMappingHandlerAdapter.class, "scheduler", Scheduler.class);
		if (scheduler == null) {
			logger.warn("This version of Spring WebFlux passes no context to handler methods with @Offload"
					+ " that return a plain value: let them return Mono or Flux");
			adapter.setBlockingExecutor((task) -> this.bridge.lane(lane).asExecutor().execute(task));
			return;
		}
		ReflectionUtils.makeAccessible(scheduler);
		ReflectionUtils.setField(scheduler, adapter, new OffloadScheduler(() -> this.bridge.lane(lane)));
	}

	@Override
	public boolean supports(Object handler) {
		return handler instanceof HandlerMethod method && this.adaptersByMethod.containsKey(method.getMethod());
	}

	@Override
	public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
		Method method = ((HandlerMethod) handler).getMethod();
		RequestMappingHandlerAdapter adapter = this.adaptersByMethod.get(method);
		Assert.state(adapter != null, () -> "No handler adapter for " + handler);
		return new OffloadScheduler.Invocation(method.getName()).invoke(adapter.handle(exchange, handler));
	}

}
