package io.github.loopguard.autoconfigure.bridge.offload;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import io.github.loopguard.autoconfigure.bridge.offload.OffloadPostProcessor.OffloadPointcut;
import io.github.loopguard.bridge.Offload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.AliasFor;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Offload} on interfaces and as a meta-annotation.
 */
class OffloadMergedAnnotationTests {

	private final String caller = Thread.currentThread().getName();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BridgeAutoConfiguration.class, OffloadAutoConfiguration.class))
		.withPropertyValues("loopguard.bridge.lanes.reports.threads=1", "loopguard.bridge.lanes.other.threads=1");

	@Test
	void anInterfaceCoversItsImplementations() {
		this.contextRunner.withBean("byType", TypedImplementation.class)
			.withBean("byMethod", MethodImplementation.class)
			.run((context) -> {
				TypedReports typed = context.getBean("byType", TypedReports.class);
				assertThat(thread(typed.read("a"))).isEqualTo("lane-reports-1");
				assertThat(thread(typed.defaulted())).isEqualTo("lane-reports-1");
				MethodReports<?> method = context.getBean("byMethod", MethodReports.class);
				assertThat(thread(method.read())).isEqualTo("lane-reports-1");
				assertThat(thread(method.other())).isEqualTo(this.caller);
			});
	}

	@Test
	void aLambdaAndAProxyAreCoveredByTheirInterface() {
		MethodReports<String> proxy = proxy(MethodReports.class);
		this.contextRunner.withBean("lambda", Single.class, () -> OffloadMergedAnnotationTests::current)
			.withBean("proxy", MethodReports.class, () -> proxy)
			.run((context) -> {
				assertThat(thread(context.getBean(Single.class).read())).isEqualTo("lane-reports-1");
				assertThat(thread(context.getBean(MethodReports.class).read())).isEqualTo("lane-reports-1");
				assertThat(thread(context.getBean(MethodReports.class).other())).isEqualTo(this.caller);
			});
	}

	@Test
	void aMetaAnnotationWorksOnMethodsAndClasses() {
		this.contextRunner.withBean(ComposedOnMethods.class).withBean(ComposedOnClass.class).run((context) -> {
			ComposedOnMethods methods = context.getBean(ComposedOnMethods.class);
			assertThat(thread(methods.reports())).isEqualTo("lane-reports-1");
			assertThat(thread(methods.aliased())).isEqualTo("lane-other-1");
			assertThat(thread(methods.none())).isEqualTo(this.caller);
			assertThat(thread(context.getBean(ComposedOnClass.class).read())).isEqualTo("lane-other-1");
		});
	}

	@Test
	void exactlyTheMethodsThatAreFoundAreIntercepted() {
		for (Class<?> type : List.of(ComposedOnMethods.class, ComposedOnClass.class, TypedImplementation.class,
				MethodImplementation.class)) {
			Set<Method> found = OffloadMethod.in(type).stream().map(OffloadMethod::method).collect(Collectors.toSet());
			assertThat(found).isNotEmpty()
				.allMatch((method) -> OffloadMethod.find(method) != null)
				.noneMatch(Method::isSynthetic);
			Set<Method> matched = Arrays.stream(ReflectionUtils.getAllDeclaredMethods(type))
				.filter((method) -> new OffloadPointcut().matches(method, type))
				.map((method) -> AopUtils.getMostSpecificMethod(method, type))
				.collect(Collectors.toSet());
			assertThat(matched).isEqualTo(found);
		}
	}

	/**
	 * Returns the name of the thread on which a method of a bean ran.
	 */
	private static @Nullable Object thread(Publisher<?> result) {
		return Flux.from(result).blockFirst();
	}

	private static Mono<String> current() {
		return Mono.just(Thread.currentThread().getName());
	}

	@SuppressWarnings("unchecked")
	private static <T> T proxy(Class<?> type) {
		return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, args) -> method.getName().equals("hashCode") ? 1 : current());
	}

	@Offload("reports")
	@Retention(RetentionPolicy.RUNTIME)
	@interface Reports {

	}

	@Offload
	@Target({ ElementType.TYPE, ElementType.METHOD })
	@Retention(RetentionPolicy.RUNTIME)
	@interface In {

		@AliasFor(annotation = Offload.class, attribute = "value")
		String lane();

	}

	@Offload("reports")
	interface TypedReports {

		Publisher<String> read(String name);

		default Mono<String> defaulted() {
			return current();
		}

	}

	static class TypedImplementation implements TypedReports {

		@Override
		public Mono<String> read(String name) {
			return current();
		}

	}

	interface MethodReports<T> {

		@Reports
		Mono<T> read();

		Mono<T> other();

	}

	static class MethodImplementation implements MethodReports<String> {

		@Override
		public Mono<String> read() {
			return current();
		}

		@Override
		public Mono<String> other() {
			return current();
		}

	}

	@Reports
	interface Single {

		Mono<String> read();

	}

	static class ComposedOnMethods {

		@Reports
		public Mono<String> reports() {
			return current();
		}

		@In(lane = "other")
		public Mono<String> aliased() {
			return current();
		}

		public Mono<String> none() {
			return current();
		}

	}

	@In(lane = "other")
	static class ComposedOnClass {

		public Mono<String> read() {
			return current();
		}

	}

}
