package com.example.joined;

import java.io.File;
import java.io.FileInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.runtime.Loopguard;

/**
 * Installs BlockHound by itself, calls what blocks on threads that must not, and prints
 * what becomes of each call. There is no application.
 */
public final class JoinedProgram {

	private static final Map<String, Runnable> INSTALLATIONS = Map.of("install", JoinedProgram::installAfterUse,
			"used before", JoinedProgram::installBothAfterUse, "callback", JoinedProgram::installWithCallback, "second",
			JoinedProgram::installAfterLoopguard, "too early", JoinedProgram::installBeforeLoopguardIsLoaded);

	private static final Queue<BlockingMethod> REPORTED = new ConcurrentLinkedQueue<>();

	private static final Scheduler SCHEDULER = Schedulers.newSingle("loop");

	private JoinedProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> {
			ex.printStackTrace();
			System.exit(1);
		});
		INSTALLATIONS.get(arguments[0]).run();
		attempt("sleep", () -> Thread.sleep(1));
		attempt("wait", JoinedProgram::waitForAMoment);
		attempt("wait in the JDK", () -> Thread.currentThread().join(1));
		attempt("yield", () -> Thread.yield());
		attempt("yield by reference", References.yield());
		attempt("sleep by reference", References.sleep());
		attempt("wait by reference", References.wait(new Object()));
		attempt("spin", Thread::onSpinWait);
		attempt("park", () -> LockSupport.parkNanos(1));
		attempt("read", JoinedProgram::read);
		attempt("exists", () -> new File("nowhere").exists());
		attempt("marked", Subjects::marked);
		attempt("marked late", Subjects::markedLate);
		attempt("marked native", () -> Thread.currentThread().setPriority(Thread.currentThread().getPriority()));
		attempt("allowing", Subjects::allowing);
		attempt("disallowing", () -> Subjects.allowing(Subjects::disallowing));
		attempt("allowing late", Subjects::allowingLate);
		attempt("on a pool", Schedulers.boundedElastic(), () -> Thread.sleep(1));
		print("integration's loop", on(Subjects.Loop::new, () -> Thread.sleep(1)));
		print("changing", on((task) -> new Subjects.Changing(task, false), () -> Thread.sleep(1)));
		print("changing, now a loop", on((task) -> new Subjects.Changing(task, true), () -> Thread.sleep(1)));
		print("stack", stack());
		print("callback", REPORTED.stream().map(BlockingMethod::toString).distinct().toList());
		print("detector", Loopguard.instance().detectors().get(0).state());
		Loopguard.instance().ledgerThread().flush();
		print("recorded", Loopguard.instance().ledger().violations().stream().map(Violation::api).distinct().toList());
		print("sites",
				Loopguard.instance()
					.ledger()
					.violations()
					.stream()
					.map(Violation::site)
					.filter((site) -> site != null && site.className().endsWith("References"))
					.toList());
		System.exit(0);
	}

	private static void useReferences() {
		try {
			References.yield().run();
			References.sleep().run();
			References.wait(new Object()).run();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void installAfterUse() {
		useReferences();
		BlockHound.install(new Subjects.Integration());
	}

	private static void installBothAfterUse() {
		useReferences();
		installAfterLoopguard();
	}

	private static void installWithCallback() {
		BlockHound.Builder builder = BlockHound.builder().loadIntegrations(new Subjects.Integration());
		builder.markAsBlocking(Subjects.class, "markedLate", "()V")
			.allowBlockingCallsInside(Subjects.class.getName(), "allowingLate")
			.nonBlockingThreadPredicate((current) -> (thread) -> current.test(thread))
			.blockingMethodCallback(REPORTED::add)
			.install();
	}

	private static void installAfterLoopguard() {
		Loopguard.instance().install(ApplicationPackages.of(List.of("com.example.joined")));
		attemptBefore();
		BlockHound.install(new Subjects.Integration());
	}

	private static void installBeforeLoopguardIsLoaded() {
		BlockHound.builder()
			.nonBlockingThreadPredicate((current) -> current.or(NonBlocking.class::isInstance))
			.blockingMethodCallback(REPORTED::add)
			.install();
		BlockHound.install(new Subjects.Integration());
	}

	private static void attemptBefore() {
		try {
			attempt("before", References.sleep());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void waitForAMoment() throws InterruptedException {
		Object monitor = new Object();
		synchronized (monitor) {
			monitor.wait(1);
		}
	}

	private static void read() throws Exception {
		try (FileInputStream stream = new FileInputStream(System.getProperty("java.home") + "/release")) {
			stream.read();
		}
	}

	private static void attempt(String name, Subjects.Call call) throws Exception {
		attempt(name, SCHEDULER, call);
	}

	private static void attempt(String name, Scheduler scheduler, Subjects.Call call) throws Exception {
		FutureTask<Object> task = new FutureTask<>(outcome(call));
		scheduler.schedule(task);
		print(name, task.get());
	}

	private static Object on(Function<Runnable, Thread> threads, Subjects.Call call) throws Exception {
		FutureTask<Object> task = new FutureTask<>(outcome(call));
		threads.apply(task).start();
		return task.get();
	}

	private static Callable<Object> outcome(Subjects.Call call) {
		return () -> {
			try {
				call.run();
				return "passes";
			}
			catch (Error ex) {
				return ex.getClass().getSimpleName() + " " + ex.getMessage();
			}
		};
	}

	private static String stack() throws Exception {
		FutureTask<String> task = new FutureTask<>(() -> {
			try {
				Thread.sleep(1);
				return "none";
			}
			catch (Error ex) {
				return Arrays.stream(ex.getStackTrace())
					.limit(3)
					.map((frame) -> frame.getClassName() + "." + frame.getMethodName())
					.collect(Collectors.joining(" "));
			}
		});
		SCHEDULER.schedule(task);
		return task.get();
	}

	private static void print(String name, Object value) {
		System.out.println(name + ": " + value);
	}

}
