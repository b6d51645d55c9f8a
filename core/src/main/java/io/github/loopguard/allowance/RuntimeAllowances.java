package io.github.loopguard.allowance;

import java.util.List;

import io.github.loopguard.allowance.AllowList.Library;

/**
 * Allowances for the JDK.
 */
final class RuntimeAllowances {

	private static final Library JDK = AllowList.library("jdk");

	private RuntimeAllowances() {
	}

	static List<Allowance> list() {
		String lock = "The lock of the pool, held while one worker or task is added";
		String repository = "A read-write lock around a map of names";
		return List.of(
				JDK.safe("jdk-pool-add-worker", "java.util.concurrent.ThreadPoolExecutor#addWorker", lock,
						"armeria, feign-reactive"),
				JDK.safe("jdk-delayed-queue-remove",
						"java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue#remove", lock, "infinispan"),
				JDK.safe("jdk-delayed-queue-peek",
						"java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue#peek", lock, "infinispan"),
				JDK.safe("jdk-http-client-exchange", "jdk.internal.net.http.MultiExchange#responseAsync",
						"Short locks of the client, before anything is sent", "feign-reactive"),
				JDK.safe("jdk-jmx-contains", "com.sun.jmx.mbeanserver.Repository#contains", repository),
				JDK.safe("jdk-jmx-retrieve", "com.sun.jmx.mbeanserver.Repository#retrieve", repository),
				JDK.safe("jdk-jmx-add", "com.sun.jmx.mbeanserver.Repository#addMBean", repository),
				JDK.safe("jdk-jmx-remove", "com.sun.jmx.mbeanserver.Repository#remove", repository));
	}

}
