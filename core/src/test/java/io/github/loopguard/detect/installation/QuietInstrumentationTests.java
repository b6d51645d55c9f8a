package io.github.loopguard.detect.installation;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QuietInstrumentation}.
 */
class QuietInstrumentationTests {

	private final List<String> calls = new ArrayList<>();

	private final Instrumentation instrumentation = QuietInstrumentation.of(recording());

	@Test
	void registersNoTransformersOfBlockHound() {
		ClassFileTransformer transformer = new ClassFileTransformer() {
		};
		this.instrumentation.addTransformer(transformer, true);
		this.instrumentation.setNativeMethodPrefix(transformer, "prefix_");
		assertThat(this.instrumentation.isRetransformClassesSupported()).isTrue();
		assertThat(this.calls).containsExactly("isRetransformClassesSupported");
	}

	private Instrumentation recording() {
		return (Instrumentation) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Instrumentation.class }, (proxy, method, arguments) -> {
					this.calls.add(method.getName());
					return true;
				});
	}

}
