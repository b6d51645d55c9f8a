package io.github.loopguard.autoconfigure.bridge.offload;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import io.github.loopguard.autoconfigure.bridge.BridgeAutoConfiguration;
import io.github.loopguard.bridge.Offload;
import jakarta.annotation.PostConstruct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Offload} on classes.
 */
class OffloadClassTests {

	private final String caller = Thread.currentThread().getName();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BridgeAutoConfiguration.class, OffloadAutoConfiguration.class))
		.withPropertyValues("loopguard.bridge.lanes.reports.threads=1", "loopguard.bridge.lanes.other.threads=1");

	@Test
	void aClassCoversWhatCanBeOffloadedAndNothingElse() {
		this.contextRunner.withBean(Service.class).run((context) -> {
			Service service = context.getBean(Service.class);
			assertThat(List.of(thread(service.one()), thread(service.many()), thread(service.publisher()),
					thread(service.packagePrivate())))
				.containsOnly("lane-reports-1");
			assertThat(thread(service.elsewhere())).isEqualTo("lane-other-1");
			assertThat(service.plain()).isEqualTo(this.caller);
			assertThat(service.startedBy()).isEqualTo(this.caller);
			assertThat(service).hasToString(this.caller);
		});
	}

	@Test
	void subclassesAreCoveredAndMethodsFromAboveAreNot() {
		this.contextRunner.withBean(Sub.class).run((context) -> {
			Sub sub = context.getBean(Sub.class);
			assertThat(List.of(thread(sub.overridden()), thread(sub.inherited()), thread(sub.own())))
				.containsOnly("lane-reports-1");
			assertThat(thread(sub.above())).isEqualTo(this.caller);
		});
	}

	@Test
	void aClassWithoutAMethodThatCanBeOffloadedFails() {
		assertFailure(NoMethod::new, "@Offload(\"reports\") on " + NoMethod.class.getName() + " cannot work",
				"covers no method", "Mono or Flux");
		assertFailure(OnlyInherited::new, "covers no method", "inherits");
	}

	@Test
	void aFinalMethodOrClassFails() {
		assertFailure(FinalMethod::new, "@Offload(\"reports\") on " + FinalMethod.class.getName(), "FinalMethod.read",
				"is final, private or static");
		assertFailure(FinalClass::new, "belongs to a final class");
	}

	@Test
	void anUnknownLaneFails() {
		assertFailure(UnknownLane::new, "names a lane that does not exist", "loopguard.bridge.lanes.nope.threads");
	}

	@Test
	void privateAndStaticMethodsAreLeftAlone() {
		this.contextRunner.withBean(Hidden.class)
			.run((context) -> assertThat(thread(context.getBean(Hidden.class).read())).isEqualTo("lane-reports-1"));
	}

	@Test
	void aHandlerMethodWithAPlainValueIsCovered() {
		this.contextRunner.withBean(Handler.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(Arrays.stream(Handler.class.getDeclaredMethods())
				.filter((method) -> OffloadMethod.find(method) != null)
				.map(Method::getName)).containsExactly("read");
		});
	}

	private <T> void assertFailure(Supplier<T> bean, String... texts) {
		this.contextRunner.withBean("offender", Object.class, bean::get).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidOffloadFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription() + " " + analysis.getAction()).contains(texts);
		});
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

	@Offload("reports")
	static class Service {

		private String startedBy = "";

		@PostConstruct
		void start() {
			this.startedBy = Thread.currentThread().getName();
		}

		public String startedBy() {
			return this.startedBy;
		}

		public Mono<String> one() {
			return current();
		}

		public Flux<String> many() {
			return current().flux();
		}

		public Publisher<String> publisher() {
			return current();
		}

		Mono<String> packagePrivate() {
			return current();
		}

		@Offload("other")
		public Mono<String> elsewhere() {
			return current();
		}

		public String plain() {
			return Thread.currentThread().getName();
		}

		@Override
		public String toString() {
			return Thread.currentThread().getName();
		}

	}

	static class Above {

		public Mono<String> above() {
			return current();
		}

	}

	@Offload("reports")
	static class Base extends Above {

		public Mono<String> overridden() {
			return Mono.empty();
		}

		public Mono<String> inherited() {
			return current();
		}

	}

	static class Sub extends Base {

		@Override
		public Mono<String> overridden() {
			return current();
		}

		public Mono<String> own() {
			return current();
		}

	}

	@Offload("reports")
	static class NoMethod {

		public String read() {
			return "";
		}

	}

	@Offload("reports")
	static class OnlyInherited extends Above {

	}

	@Offload("reports")
	static class FinalMethod {

		public final Mono<String> read() {
			return current();
		}

	}

	@Offload("reports")
	static final class FinalClass {

		public Mono<String> read() {
			return current();
		}

	}

	@Offload("nope")
	static class UnknownLane {

		public Mono<String> read() {
			return current();
		}

	}

	@Offload("reports")
	static class Hidden {

		public Mono<String> read() {
			return hidden().then(shared());
		}

		private Mono<String> hidden() {
			return current();
		}

		static Mono<String> shared() {
			return current();
		}

	}

	@Controller
	@Offload("reports")
	static class Handler {

		@GetMapping("/")
		String read() {
			return "";
		}

		String notAHandler() {
			return "";
		}

	}

}
