package io.github.loopguard.detect.blockhound;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;

import static org.assertj.core.api.Assertions.assertThat;

class BuilderInterceptorTests {

	private final List<String> calls = new ArrayList<>();

	private final Map<String, Map<String, Boolean>> allowances = new HashMap<>();

	private final BlockHound.Builder builder = BlockHound.builder();

	private final BuilderInterceptor interceptor = new BuilderInterceptor(
			Objects.requireNonNull(BuilderTables.of(this.builder)), this.allowances::putAll);

	private final Instrumentation instrumentation = this.interceptor.intercept(recording());

	@Test
	void registersNoTransformersOfBlockHound() {
		ClassFileTransformer transformer = new ClassFileTransformer() {
		};
		this.instrumentation.addTransformer(transformer, true);
		this.instrumentation.setNativeMethodPrefix(transformer, "prefix_");
		assertThat(this.instrumentation.isRetransformClassesSupported()).isTrue();
		assertThat(this.calls).containsExactly("isRetransformClassesSupported");
	}

	@Test
	void removesWhatWasSetBeforeTheFirstUse() {
		this.builder.markAsBlocking("com.example.Late", "mark", "()V");
		this.builder.allowBlockingCallsInside("com.example.Allowed", "method");
		assertThat(this.allowances).isEmpty();
		this.instrumentation.isRetransformClassesSupported();
		assertThat(this.allowances).containsEntry("com.example.Allowed", Map.of("method", true));
		assertThat(this.interceptor.allowedMethods()).contains("com.example.Allowed#method");
		assertThat(this.interceptor.ignoredMarks()).extracting(Object::toString).contains("com.example.Late#mark()V");
	}

	private Instrumentation recording() {
		return (Instrumentation) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Instrumentation.class }, (proxy, method, arguments) -> {
					this.calls.add(method.getName());
					return true;
				});
	}

}
