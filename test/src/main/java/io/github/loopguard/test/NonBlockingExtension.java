package io.github.loopguard.test;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

import io.github.loopguard.test.baseline.KnownViolations;
import io.github.loopguard.test.tracking.TestTracker;
import io.github.loopguard.test.tracking.TrackedClass;
import io.github.loopguard.test.tracking.TrackedTest;

/**
 * Watches tests and checks their violations.
 */
final class NonBlockingExtension implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback,
		InvocationInterceptor, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(NonBlockingExtension.class);

	private final TestTracker tracker = TestTracker.instance();

	@Override
	public void beforeAll(ExtensionContext context) {
		requireSight();
		classOf(context).tracked().enter();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		ClassJudge judge = context.getStore(NAMESPACE).get(ClassJudge.class, ClassJudge.class);
		if (judge != null) {
			judge.tracked().leave();
			if (context.getExecutionException().isEmpty()) {
				KnownViolations.instance().passed(judge.tracked().name());
			}
		}
	}

	@Override
	public void interceptBeforeAllMethod(Invocation<@Nullable Void> invocation,
			ReflectiveInvocationContext<Method> method, ExtensionContext context) throws Throwable {
		inMethodOfItsOwn(invocation, context);
	}

	@Override
	public void interceptAfterAllMethod(Invocation<@Nullable Void> invocation,
			ReflectiveInvocationContext<Method> method, ExtensionContext context) throws Throwable {
		inMethodOfItsOwn(invocation, context);
	}

	private void inMethodOfItsOwn(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
		TrackedClass tracked = classOf(context).tracked();
		tracked.inMethodOfItsOwn(true);
		try {
			invocation.proceed();
		}
		finally {
			tracked.inMethodOfItsOwn(false);
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		requireSight();
		ExtensionContext classContext = context.getParent().orElse(context);
		String reference = context.getRequiredTestClass().getName() + "#" + context.getRequiredTestMethod().getName();
		TrackedTest test = this.tracker.begin(context.getDisplayName(), reference, classOf(classContext).tracked());
		context.getStore(NAMESPACE).put(RunningTest.class, new RunningTest(test, new BlockingViolations(test)));
	}

	@Override
	public void afterEach(ExtensionContext context) {
		RunningTest running = running(context);
		if (running != null) {
			running.test().awaitQuiet();
			this.tracker.end(running.test());
			TestJudge judge = new TestJudge(running.violations(), TestExpectations.of(context));
			judge.judge(context.getDisplayName(), context.getExecutionException().isPresent());
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == BlockingViolations.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		RunningTest running = running(context);
		if (running == null) {
			throw new ParameterResolutionException("BlockingViolations belong to one test: make them a parameter of "
					+ "a test method, or of a method that runs before or after each test");
		}
		return running.violations();
	}

	private void requireSight() {
		this.tracker.problem().or(KnownViolations.instance()::problem).ifPresent((problem) -> {
			throw new ExtensionConfigurationException(problem);
		});
	}

	private ClassJudge classOf(ExtensionContext context) {
		context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(SessionJudge.class, (key) -> new SessionJudge(this.tracker), SessionJudge.class);
		ExtensionContext owner = context;
		while (owner.getParent().isPresent() && owner.getTestMethod().isPresent()) {
			owner = owner.getParent().get();
		}
		Class<?> type = owner.getRequiredTestClass();
		return owner.getStore(NAMESPACE)
			.computeIfAbsent(ClassJudge.class, (key) -> new ClassJudge(this.tracker, type), ClassJudge.class);
	}

	private static @Nullable RunningTest running(ExtensionContext context) {
		Store store = context.getStore(NAMESPACE);
		return store.get(RunningTest.class, RunningTest.class);
	}

	/**
	 * A test that runs, with its violations.
	 */
	private record RunningTest(TrackedTest test, BlockingViolations violations) {
	}

}
