package io.github.loopguard.allowance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Methods for which an allowance is too broad, with what it would hide. The inspection
 * reports such allowances; the documentation lists the methods as judged and left out.
 */
final class BroadMethods {

	private static final Map<String, String> HIDES = hides();

	private BroadMethods() {
	}

	/**
	 * Returns what an allowance for a method hides, or {@code null} if the method is not
	 * known to be too broad.
	 */
	static @Nullable String hiddenBy(String className, String methodName) {
		return HIDES.get(className + "#" + methodName);
	}

	/**
	 * Returns all methods that are too broad, with what is hidden, in listing order.
	 */
	static Map<String, String> all() {
		return HIDES;
	}

	private static Map<String, String> hides() {
		Map<String, String> hides = new LinkedHashMap<>();
		String everything = "every blocking call on every thread of Netty";
		hides.put("io.netty.util.concurrent.FastThreadLocalRunnable#run", everything);
		hides.put("io.netty.util.concurrent.SingleThreadEventExecutor#runAllTasks", everything);
		hides.put("io.netty.util.concurrent.AbstractEventExecutor#safeExecute", everything);
		hides.put("io.netty.channel.nio.NioEventLoop#run", everything);
		hides.put("io.netty.channel.SingleThreadIoEventLoop#run", everything);
		hides.put("io.netty.channel.ChannelInitializer#initChannel", "what an application does for a new connection");
		hides.put("io.netty.handler.ssl.SslHandler#channelActive", "the handlers after the TLS handler");
		hides.put("io.netty.handler.ssl.SslHandler#unwrap", "the handlers after the TLS handler");
		hides.put("java.lang.Thread#run", "every blocking call on every thread");
		hides.put("java.util.concurrent.ThreadPoolExecutor#runWorker", "every task of every pool");
		hides.put("org.springframework.web.reactive.result.method.InvocableHandlerMethod#invoke",
				"whatever a controller does before it returns its publisher");
		hides.put("org.springframework.aop.framework.CglibAopProxy$DynamicAdvisedInterceptor#intercept",
				"whatever a proxied bean does");
		hides.put("org.springframework.util.ReflectionUtils#invokeMethod", "whatever is called by reflection");
		hides.put("java.lang.reflect.Method#invoke", "whatever is called by reflection");
		hides.put("org.springframework.validation.beanvalidation.SpringValidatorAdapter#validate",
				"the application's own constraint validators");
		hides.put("org.springframework.util.function.SingletonSupplier#get", "whatever the supplier does");
		String reads = "reading files, sockets and jars of any kind";
		hides.put("java.io.InputStream#readNBytes", reads);
		hides.put("java.io.FilterInputStream#read", reads);
		hides.put("java.util.zip.InflaterInputStream#read", reads);
		hides.put("java.io.FileInputStream#readBytes", reads);
		hides.put("java.io.RandomAccessFile#readBytes", reads);
		hides.put("java.util.Properties#load", reads);
		hides.put("java.util.concurrent.locks.LockSupport#park", "every lock, queue, latch and future");
		hides.put("jdk.internal.misc.Unsafe#park", "every lock, queue, latch and future");
		hides.put("java.util.concurrent.LinkedBlockingQueue#offer",
				"offers that wait for space: an allowance covers all overloads");
		hides.put("java.util.concurrent.ArrayBlockingQueue#offer",
				"offers that wait for space: an allowance covers all overloads");
		String entropy = "all random numbers read from the system, including the application's";
		hides.put("java.security.SecureRandom#nextBytes", entropy);
		hides.put("java.util.UUID#randomUUID", entropy);
		String conversion = "the application's own serializers, deserializers and constructors";
		hides.put("tools.jackson.databind.ObjectMapper#readValue", conversion);
		hides.put("tools.jackson.databind.ObjectMapper#writeValueAsString", conversion);
		hides.put("com.fasterxml.jackson.databind.ObjectMapper#readValue", conversion);
		hides.put("com.fasterxml.jackson.databind.ObjectMapper#writeValueAsString", conversion);
		String encoding = "hashing a password, which keeps a loop busy for a tenth of a second";
		hides.put("org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder#encode", encoding);
		hides.put("org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder#matches", encoding);
		String waits = "waiting for a connection without a timeout";
		hides.put("io.lettuce.core.DefaultConnectionFuture#get", waits);
		hides.put("io.lettuce.core.RedisClient#connect", waits);
		hides.put("io.netty.util.concurrent.DefaultPromise#awaitUninterruptibly", waits);
		return Collections.unmodifiableMap(hides);
	}

}
