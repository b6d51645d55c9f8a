package io.github.loopguard.allowance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.loopguard.allowance.AllowList.Library;
import io.github.loopguard.allowance.Allowance.Category;

/**
 * Allowances that BlockHound and the integrations of other libraries are known to set,
 * with category and reason as Loopguard judges them.
 *
 * @since 0.1
 */
public final class KnownAllowances {

	private static final String UNKNOWN_SOURCE = "whoever installed BlockHound";

	private static final List<Allowance> ALL = Stream
		.of(NettyIntegrationAllowances.list(), reactor(), spring(), blockHound(), standardOutput(),
				IdleAllowances.list())
		.flatMap(List::stream)
		.toList();

	private static final Map<String, Allowance> BY_METHOD = ALL.stream()
		.collect(Collectors.toUnmodifiableMap(Allowance::method, Function.identity()));

	private KnownAllowances() {
	}

	/**
	 * Returns all known allowances, in listing order.
	 */
	static List<Allowance> all() {
		return ALL;
	}

	/**
	 * Returns the methods in which an event loop waits for work.
	 * @return allowances to set in BlockHound's builder
	 */
	public static List<Allowance> idle() {
		return IdleAllowances.inForce();
	}

	/**
	 * Describes a method in which BlockHound or another integration allows blocking
	 * calls.
	 * @param method class and method, such as {@code com.acme.Cache#refresh}
	 * @param source integration that allows it, or {@code null} if unknown
	 * @return the known allowance, or one without a reason
	 */
	public static Allowance describe(String method, @Nullable String source) {
		Allowance known = BY_METHOD.get(method);
		if (known != null && (source == null || source.equals(known.source()))) {
			return known;
		}
		String who = (source != null) ? source : UNKNOWN_SOURCE;
		int hash = method.indexOf('#');
		return new Allowance(method, null, method.substring(0, hash), method.substring(hash + 1), Category.TOLERATED,
				"Allowed by " + who + ", which does not say why", who, null, null, null);
	}

	private static List<Allowance> blockHound() {
		Library jdk = AllowList.library("jdk").of("blockhound");
		return List.of(
				jdk.once("blockhound-load-class", "java.lang.ClassLoader#loadClass",
						"Reads the class; Loopguard reports the definition as class-loading instead"),
				jdk.tolerated("blockhound-print-stack-trace", "java.lang.Throwable#printStackTrace",
						"Writes to the console"),
				jdk.safe("blockhound-init-table", "java.util.concurrent.ConcurrentHashMap#initTable",
						"Yields for moments while another thread creates the table"),
				jdk.once("blockhound-periodic-task",
						"java.util.concurrent.ScheduledThreadPoolExecutor#scheduleAtFixedRate",
						"The lock of the pool, held while one task is added"),
				AllowList.library("blockhound")
					.of("blockhound")
					.once("blockhound-weaving", "reactor.blockhound.shaded.net.bytebuddy.asm.Advice#to",
							"Reads class files while classes are instrumented"),
				AllowList.library("logback-classic")
					.of("blockhound")
					.tolerated("blockhound-logback-appenders", "ch.qos.logback.classic.Logger#callAppenders",
							"Writes the log, including appenders of your own; an AsyncAppender moves it off the loop"),
				AllowList.library("gradle")
					.of("blockhound")
					.tolerated("blockhound-gradle-output", "org.gradle.internal.io.LineBufferingOutputStream#write",
							"Writes to the console of a build"));
	}

	private static List<Allowance> standardOutput() {
		Library blockHound = AllowList.library("blockhound").of("blockhound");
		return Stream.of("append", "checkError", "close", "flush", "format", "print", "printf", "println", "write")
			.map((method) -> blockHound.tolerated("blockhound-standard-output-" + method.toLowerCase(Locale.ROOT),
					"reactor.blockhound.integration.StandardOutputIntegration$PrintStreamDelegate#" + method,
					"Writes to the console"))
			.toList();
	}

	private static List<Allowance> reactor() {
		Library jdk = AllowList.library("jdk").of("reactor");
		Library reactor = AllowList.library("reactor-core").of("reactor");
		String queue = "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue#";
		String lock = "The lock of the pool, held while one task is added";
		String dispose = "Yields for moments until a task that has just started can be interrupted";
		return List.of(jdk.safe("reactor-delayed-queue-offer", queue + "offer", lock),
				jdk.safe("reactor-delayed-queue-take", queue + "take", "An idle worker waits for work"),
				jdk.safe("reactor-worker-exit", "java.util.concurrent.ThreadPoolExecutor#processWorkerExit", lock),
				jdk.safe("reactor-future-cancel", "java.util.concurrent.FutureTask#handlePossibleCancellationInterrupt",
						dispose),
				reactor.safe("reactor-bounded-elastic-capacity",
						"reactor.core.scheduler.BoundedElasticScheduler$BoundedScheduledExecutorService"
								+ "#ensureQueueCapacity",
						lock),
				reactor.safe("reactor-scheduler-task", "reactor.core.scheduler.SchedulerTask#dispose", dispose),
				reactor.safe("reactor-worker-task", "reactor.core.scheduler.WorkerTask#dispose", dispose),
				reactor.once("reactor-context-propagation", "reactor.core.publisher.ContextPropagation#<clinit>",
						"Looks for service providers when the class is first used"));
	}

	private static List<Allowance> spring() {
		Library core = AllowList.library("spring-core").of("spring");
		Library web = AllowList.library("spring-web").of("spring");
		String map = "org.springframework.util.ConcurrentReferenceHashMap$";
		String lock = "The lock of one segment of a map";
		return List.of(core.safe("spring-map-task", map + "Segment#doTask", lock),
				core.safe("spring-map-clear", map + "Segment#clear", lock),
				core.safe("spring-map-restructure", map + "Segment#restructure", lock),
				core.safe("spring-map-purge", map + "ReferenceManager#pollForPurge", lock),
				web.once("spring-media-type-factory", "org.springframework.http.MediaTypeFactory#<clinit>",
						"Reads mime.types when the class is first used"),
				web.once("spring-html-utils", "org.springframework.web.util.HtmlUtils#<clinit>",
						"Reads the character entities when the class is first used"));
	}

}
