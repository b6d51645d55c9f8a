package com.example.joined;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import reactor.blockhound.BlockHound;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.Violation;
import io.github.loopguard.detect.DetectorStatus;
import io.github.loopguard.detect.HookProbe;
import io.github.loopguard.runtime.Loopguard;

/**
 * Installs BlockHound where that goes wrong easily, and prints what becomes of it.
 */
public final class SituationProgram {

	private static final Map<String, Subjects.Call> SITUATIONS = Map.of("pool", SituationProgram::pool, "pool later",
			SituationProgram::poolLater, "hostile", SituationProgram::hostile, "elsewhere", SituationProgram::elsewhere,
			"failing predicate", SituationProgram::failingPredicate, "race", () -> race(false), "failing race",
			() -> race(true), "loopguard", SituationProgram::installLoopguard, "initializer", Initializing::install,
			"own thread", SituationProgram::ownThread);

	private SituationProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		SITUATIONS.get(arguments[0]).run();
		attempt("marked", Subjects::marked);
		attempt("exists", () -> new File("nowhere").exists());
		print("plain thread", outcome(() -> new File("plain").list()));
		Loopguard.instance().ledgerThread().flush();
		print("recorded", Loopguard.instance().ledger().violations().stream().map(Violation::api).distinct().toList());
		DetectorStatus detector = Loopguard.instance().detectors().get(0);
		print("detector", detector.state() + " " + detector.reason());
		print("allowances",
				Loopguard.instance().allowances().stream().map((it) -> it.allowance().className()).distinct().toList());
		System.exit(0);
	}

	private static void pool() throws Exception {
		BlockHound.install(new Subjects.Integration());
		callInPool();
	}

	private static void poolLater() throws Exception {
		installLoopguard();
		BlockHound.install(new Subjects.Integration());
		callInPool();
	}

	/**
	 * Netty's integration takes all threads of Netty for event loops.
	 */
	private static void callInPool() throws Exception {
		DefaultEventExecutorGroup pool = new DefaultEventExecutorGroup(1);
		print("sleep in pool", pool.submit(() -> outcome(() -> Thread.sleep(1))).get());
		print("list in pool", pool.submit(() -> outcome(() -> new File("nowhere").list())).get());
	}

	private static void hostile() throws Exception {
		Subjects.marked();
		Hostile.Adapted.marked();
		installLoopguard();
		Hostile.addMethods(Hostile.Adapted.class.getName());
		Class.forName(Hostile.Caller.class.getName(), true, new Hostile.Loader());
		BlockHound.install(new Subjects.Integration(), new Hostile.Marks());
	}

	private static void elsewhere() throws Exception {
		installLoopguard();
		print("elsewhere", outcome(Hostile::installElsewhere));
		BlockHound.install(new Subjects.Integration());
	}

	private static void failingPredicate() {
		installLoopguard();
		Predicate<Thread> failing = (thread) -> {
			throw new IllegalStateException("unfit");
		};
		BlockHound.install(new Subjects.Integration(),
				(builder) -> builder.nonBlockingThreadPredicate((current) -> current.or(failing)));
	}

	private static void ownThread() throws Exception {
		BlockHound.install(new Subjects.Integration());
		FutureTask<Object> task = new FutureTask<>(() -> {
			HookProbe.ignoreThread();
			return outcome(Subjects::marked);
		});
		Schedulers.newSingle("own", true).schedule(task);
		print("own", task.get());
	}

	private static void race(boolean failing) throws Exception {
		CountDownLatch installing = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		Predicate<Thread> slow = (thread) -> {
			if (thread.getName().equals("user") && installing.getCount() > 0) {
				installing.countDown();
				await(goOn);
				if (failing) {
					throw new IllegalStateException("unfit");
				}
			}
			return false;
		};
		FutureTask<Object> user = new FutureTask<>(() -> outcome(() -> BlockHound.install(new Subjects.Integration(),
				(builder) -> builder.addDynamicThreadPredicate(slow))));
		FutureTask<List<DetectorStatus>> application = new FutureTask<>(SituationProgram::installLoopguard);
		new Thread(user, "user").start();
		await(installing);
		Thread start = new Thread(application, "application");
		start.start();
		// It may not get to its end before the other one does.
		start.join(2_000);
		FutureTask<List<DetectorStatus>> status = new FutureTask<>(Loopguard.instance()::detectors);
		new Thread(status, "status").start();
		print("status meanwhile", outcome(() -> status.get(10, TimeUnit.SECONDS)));
		goOn.countDown();
		print("user", user.get());
		print("application", application.get().get(0).state());
	}

	private static void await(CountDownLatch latch) {
		try {
			if (!latch.await(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("too late");
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<DetectorStatus> installLoopguard() {
		return Loopguard.instance().install(ApplicationPackages.of(List.of("com.example.joined")));
	}

	private static void attempt(String name, Subjects.Call call) throws Exception {
		FutureTask<Object> task = new FutureTask<>((Callable<Object>) () -> outcome(call));
		Schedulers.parallel().schedule(task);
		print(name, task.get());
	}

	private static Object outcome(Subjects.Call call) {
		try {
			call.run();
			return "passes";
		}
		catch (Throwable ex) {
			return ex.getClass().getSimpleName() + " " + ex.getMessage();
		}
	}

	private static void print(String name, Object value) {
		System.out.println(name + ": " + value);
	}

	/**
	 * Its predicate cannot answer on other threads before the class is initialized.
	 */
	private static final class Initializing {

		static {
			BlockHound.install(new Subjects.Integration(), (builder) -> builder
				.nonBlockingThreadPredicate((current) -> current.or((thread) -> thread.getName().equals("mine"))));
		}

		private static void install() {
		}

	}

}
