package com.example.annotated;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import reactor.core.publisher.Mono;

import io.github.loopguard.Action;
import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Origin;
import io.github.loopguard.Violation;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.DetectorStatus.State;
import io.github.loopguard.ledger.LedgerSettings;
import io.github.loopguard.ledger.Links;
import io.github.loopguard.policy.Policy;
import io.github.loopguard.runtime.Attachment;
import io.github.loopguard.runtime.ContextSettings;
import io.github.loopguard.runtime.DetectorSettings;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Calls of methods that are annotated as blocking, with the real annotations.
 */
class AnnotatedTests {

	private static final String JETBRAINS = "org.jetbrains.annotations.Blocking";

	private static final String SMALLRYE = "io.smallrye.common.annotation.Blocking";

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final EventLoop LOOP = new DefaultEventLoop();

	@BeforeAll
	static void install() {
		assertThat(Loopguard.instance().install(ApplicationPackages.ofClass(AnnotatedTests.class.getName())))
			.extracting(DetectorStatus::state)
			.containsExactly(State.ACTIVE);
	}

	@AfterAll
	static void shutDown() {
		LOOP.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	@BeforeEach
	void forget() {
		Loopguard.instance().ledger().clear();
	}

	@Test
	void methodOfAnAnnotatedClassIsNamedAtItsCaller() throws Exception {
		Archive archive = new Archive("a");
		onLoop(() -> Callers.read(archive));
		assertCall("com.example.annotated.Archive.read", "read", JETBRAINS);
	}

	@Test
	void methodThatImplementsAnAnnotatedOneIsNamedByTheInterface() throws Exception {
		Orders orders = woven(new StoredOrders());
		onLoop(() -> Callers.find(orders));
		assertCall("com.example.annotated.Orders.find", "find", SMALLRYE);
	}

	@Test
	void staticMethodOfAnAnnotatedClassBlocks() throws Exception {
		onLoop(() -> Archive.open("a"));
		assertThat(violations()).extracting(Violation::api).containsExactly("com.example.annotated.Archive.open");
	}

	@Test
	void defaultMethodOfAnInterfaceBlocks() throws Exception {
		Orders orders = new StoredOrders();
		onLoop(() -> Callers.first(orders));
		assertCall("com.example.annotated.Orders.first", "first", SMALLRYE);
	}

	@Test
	void nonBlockingOverridesTheClass() throws Exception {
		Archive archive = new Archive("a");
		onLoop(archive::peek);
		onLoop(archive::toString);
		assertThat(violations()).isEmpty();
		onLoop(() -> Callers.read(archive));
		assertThat(violations()).hasSize(1);
	}

	@Test
	void nonBlockingOverridesTheInterface() throws Exception {
		Orders stored = woven(new StoredOrders());
		Orders remote = woven(new StoredOrders.Remote());
		Orders inMemory = new StoredOrders.InMemory();
		onLoop(() -> Callers.find(inMemory));
		onLoop(() -> Callers.cached(stored));
		assertThat(violations()).isEmpty();
		onLoop(() -> Callers.find(remote));
		assertCall("com.example.annotated.Orders.find", "find", SMALLRYE);
	}

	@Test
	void genericMethodIsFoundThroughItsBridgeAndDirectly() throws Exception {
		Store.OfText store = new Store.OfText();
		await().atMost(SOON).until(() -> {
			onLoop(() -> Callers.saveText(store));
			return !violations().isEmpty();
		});
		assertThat(violations()).singleElement().satisfies((it) -> {
			assertThat(it.api()).isEqualTo("com.example.annotated.Store.save");
			assertThat(it.site().methodName()).isEqualTo("saveText");
		});
		forget();
		onLoop(() -> Callers.save(store, "text"));
		assertCall("com.example.annotated.Store.save", "save", SMALLRYE);
	}

	@Test
	void callsAreOneViolationForEachCallerAndTimed() throws Exception {
		Archive archive = new Archive("a");
		for (int i = 0; i < 3; i++) {
			onLoop(() -> Callers.read(archive));
		}
		assertThat(violations()).singleElement().satisfies((it) -> {
			assertThat(it.count()).isEqualTo(3);
			assertThat(it.held().count()).isEqualTo(3);
			assertThat(it.held().max()).isPositive();
		});
	}

	@Test
	void callThatThrowsIsReported() {
		Archive archive = new Archive("a");
		assertThatThrownBy(() -> onLoop(archive::fail)).hasCauseInstanceOf(IllegalStateException.class);
		assertThat(violations()).extracting(Violation::api).containsExactly("com.example.annotated.Archive.fail");
	}

	@Test
	void callInsideAnotherIsPartOfIt() throws Exception {
		Archive archive = new Archive("a");
		onLoop(archive::readTwice);
		assertThat(violations()).singleElement().satisfies((it) -> {
			assertThat(it.api()).isEqualTo("com.example.annotated.Archive.readTwice");
			assertThat(it.count()).isOne();
		});
	}

	@Test
	void callThatLastsIsToldWhileItLastsAndCountedOnce() throws Exception {
		Archive archive = new Archive("a");
		AtomicBoolean over = new AtomicBoolean();
		Future<String> hanging = LOOP.submit(() -> archive.hang(over::get));
		try {
			await().atMost(SOON).untilAsserted(() -> assertThat(violations()).singleElement().satisfies((it) -> {
				assertThat(it.api()).isEqualTo("com.example.annotated.Archive.hang");
				assertThat(it.count()).isOne();
			}));
			assertThat(hanging.isDone()).isFalse();
		}
		finally {
			over.set(true);
		}
		hanging.get(30, TimeUnit.SECONDS);
		assertThat(violations()).singleElement().satisfies((it) -> {
			assertThat(it.count()).isOne();
			assertThat(it.held().count()).isOne();
			assertThat(it.held().max()).isGreaterThan(Duration.ofMillis(900));
		});
	}

	@Test
	void callThatIsTakenMoreSeriouslyInsideAnotherIsReported() throws Exception {
		Catalog catalog = Loopguard.instance().catalog();
		Policy policy = new Policy(catalog, Map.of("marked-blocking", Map.of(Origin.APPLICATION, Action.LOG)));
		Archive archive = new Archive("a");
		try (Attachment attachment = Loopguard.instance()
			.attach(new ContextSettings("test", ApplicationPackages.ofClass(AnnotatedTests.class.getName()), policy,
					LedgerSettings.DEFAULTS, Links.NONE, DetectorSettings.OFF))) {
			onLoop(() -> Mono.just("7").map(new Handler(archive)).subscribe());
			assertThat(violations()).singleElement().satisfies((it) -> {
				assertThat(it.api()).isEqualTo("com.example.annotated.Archive.read");
				assertThat(it.action()).isEqualTo(Action.LOG);
				assertThat(it.site().methodName()).isEqualTo("read");
				assertThat(it.count()).isOne();
			});
		}
	}

	@Test
	void whatBlocksInsideSaysMore() throws Exception {
		Archive archive = new Archive("a");
		onLoop(archive::sleep);
		assertThat(violations()).singleElement().satisfies((it) -> {
			assertThat(it.rule()).isEqualTo("sleep");
			assertThat(it.action()).isEqualTo(Action.LOG);
			assertThat(it.site().className()).isEqualTo(Archive.class.getName());
		});
	}

	@Test
	void whatIsTakenAsSeriouslyInsideSaysMore() throws Exception {
		Archive archive = new Archive("a");
		onLoop(archive::lookUp);
		assertThat(violations()).extracting(Violation::rule).containsExactly("resource-loading");
	}

	@Test
	void classThatAnAgentTransformsAgainKeepsItsHooks() throws Exception {
		Archive archive = new Archive("a");
		Orders orders = woven(new StoredOrders());
		ByteBuddyAgent.install().retransformClasses(Archive.class, Orders.class, StoredOrders.class);
		onLoop(() -> Callers.read(archive));
		assertCall("com.example.annotated.Archive.read", "read", JETBRAINS);
		forget();
		onLoop(() -> Callers.find(orders));
		assertCall("com.example.annotated.Orders.find", "find", SMALLRYE);
	}

	/**
	 * A limit: the JVM does not pass the classes of lambdas to agents.
	 */
	@Test
	void lambdaThatImplementsAnAnnotatedMethodIsNotFound() throws Exception {
		Orders orders = (id) -> id;
		onLoop(() -> Callers.find(orders));
		assertThat(violations()).isEmpty();
		onLoop(() -> Callers.first(orders));
		assertCall("com.example.annotated.Orders.first", "first", SMALLRYE);
	}

	@Test
	void overloadThatCallsTheAnnotatedOneIsTheSite() throws Exception {
		Archive archive = new Archive("a");
		onLoop(() -> Callers.overload(archive));
		assertThat(violations()).singleElement().satisfies((it) -> {
			assertThat(it.api()).isEqualTo("com.example.annotated.Callers.Overloads.read");
			assertThat(it.site().className()).isEqualTo(Callers.Overloads.class.getName());
			assertThat(it.site().methodName()).isEqualTo("read");
		});
	}

	@Test
	void lambdaAndMethodReferenceNameTheMethodThatContainsThem() throws Exception {
		Archive archive = new Archive("a");
		onLoop(() -> Callers.inLambda(archive));
		assertCall("com.example.annotated.Archive.read", "inLambda", JETBRAINS);
		forget();
		onLoop(() -> Callers.byReference(archive));
		assertCall("com.example.annotated.Archive.read", "byReference", JETBRAINS);
		forget();
		Orders orders = woven(new StoredOrders());
		onLoop(() -> Callers.inOperator(orders));
		assertCall("com.example.annotated.Orders.find", "inOperator", SMALLRYE);
		forget();
		onLoop(() -> Callers.inLambdaOfOperator(orders));
		assertCall("com.example.annotated.Orders.find", "inLambdaOfOperator", SMALLRYE);
	}

	@Test
	void callOffTheLoopIsNone() {
		assertThat(Callers.read(new Archive("a"))).isEqualTo("a");
		assertThat(violations()).isEmpty();
	}

	@Test
	void nativeMethodIsListedAsMissing() {
		assertThat(new Archive("a").read()).isEqualTo("a");
		assertThat(Loopguard.instance().missingHooks("marked-blocking"))
			.containsEntry("com.example.annotated.Archive#transfer", "a native method cannot be instrumented");
		assertThat(Loopguard.instance().liveHooks("marked-blocking")).isGreaterThan(5);
	}

	@Test
	void proxyOfAnInterfaceIsOneCall() throws Exception {
		Orders target = woven(new StoredOrders());
		Orders proxy = (Orders) Proxy.newProxyInstance(Orders.class.getClassLoader(), new Class<?>[] { Orders.class },
				(self, method, arguments) -> method.invoke(target, arguments));
		onLoop(() -> Callers.find(proxy));
		assertCall("com.example.annotated.Orders.find", "find", SMALLRYE);
	}

	@Test
	void proxyWithoutATargetBlocks() throws Exception {
		Orders proxy = (Orders) Proxy.newProxyInstance(Orders.class.getClassLoader(), new Class<?>[] { Orders.class },
				(self, method, arguments) -> "proxied");
		onLoop(() -> Callers.find(proxy));
		assertCall("com.example.annotated.Orders.find", "find", SMALLRYE);
	}

	@Test
	void proxyOfAClassIsOneCall() throws Exception {
		ProxyFactory factory = new ProxyFactory(new Archive("a"));
		factory.setProxyTargetClass(true);
		factory.addAdvice((MethodInterceptor) MethodInvocation::proceed);
		Archive proxy = (Archive) factory.getProxy();
		onLoop(() -> Callers.read(proxy));
		assertCall("com.example.annotated.Archive.read", "read", JETBRAINS);
	}

	private static void assertCall(String api, String caller, String annotation) {
		assertThat(violations()).singleElement().satisfies((violation) -> {
			assertThat(violation.rule()).isEqualTo("marked-blocking");
			assertThat(violation.api()).isEqualTo(api);
			assertThat(violation.action()).isEqualTo(Action.OBSERVE);
			assertThat(violation.origin()).isEqualTo(Origin.APPLICATION);
			assertThat(violation.site().className()).isEqualTo(Callers.class.getName());
			assertThat(violation.site().methodName()).isEqualTo(caller);
			assertThat(violation.offender().frame()).isEqualTo(violation.site().frame());
			assertThat(violation.fix()).endsWith("because it is marked @" + annotation);
			assertThat(violation.count()).isOne();
			assertThat(violation.held().count()).isOne();
		});
	}

	/**
	 * Waits until the class of an object has its hooks, because it may have been defined
	 * before the interface that annotates it.
	 */
	private static Orders woven(Orders orders) {
		await().atMost(SOON).until(() -> {
			onLoop(() -> orders.find("woven"));
			return !violations().isEmpty();
		});
		Loopguard.instance().ledger().clear();
		return orders;
	}

	private static List<Violation> violations() {
		return Loopguard.instance().ledger().violations();
	}

	/**
	 * Is called by an operator, so nobody's line called it.
	 */
	private static final class Handler implements Function<String, String> {

		private final Archive archive;

		private Handler(Archive archive) {
			this.archive = archive;
		}

		@Override
		@io.smallrye.common.annotation.Blocking
		public String apply(String id) {
			return Callers.read(this.archive);
		}

	}

	private static <T> T onLoop(Callable<T> call) throws Exception {
		return LOOP.submit(call).get(30, TimeUnit.SECONDS);
	}

}
