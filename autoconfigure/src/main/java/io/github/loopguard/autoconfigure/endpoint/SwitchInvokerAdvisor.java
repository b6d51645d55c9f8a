package io.github.loopguard.autoconfigure.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationArgumentResolver;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/**
 * Passes all members of a request's body to the operation that switches settings: which
 * there are depends on rules and event loops, and an unknown one must be rejected.
 */
class SwitchInvokerAdvisor implements OperationInvokerAdvisor {

	@Override
	public OperationInvoker apply(EndpointId endpointId, OperationType operationType, OperationParameters parameters,
			OperationInvoker invoker) {
		if (operationType != OperationType.WRITE || !endpointId.equals(BlockingEndpoint.ID)) {
			return invoker;
		}
		return (context) -> invoker.invoke(packed(context));
	}

	private static InvocationContext packed(InvocationContext context) {
		Map<String, Object> arguments = context.getArguments();
		Object members = (arguments.get(BlockingEndpoint.SETTINGS) instanceof Map<?, ?> map) ? map
				: new LinkedHashMap<>(arguments);
		SecurityContext security = context.resolveArgument(SecurityContext.class);
		return new InvocationContext((security != null) ? security : SecurityContext.NONE,
				Map.of(BlockingEndpoint.SETTINGS, members), new OperationArgumentResolver() {

					@Override
					public boolean canResolve(Class<?> type) {
						return context.canResolve(type);
					}

					@Override
					public <T> @Nullable T resolve(Class<T> type) {
						return context.resolveArgument(type);
					}

				});
	}

}
