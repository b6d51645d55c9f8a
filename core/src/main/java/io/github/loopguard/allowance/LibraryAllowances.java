package io.github.loopguard.allowance;

import java.util.List;

import io.github.loopguard.allowance.AllowList.Library;

/**
 * Allowances for libraries for JSON, logging, metrics, caches and HTTP.
 */
final class LibraryAllowances {

	private static final Library JACKSON = AllowList.library("jackson-databind");

	private static final Library RESILIENCE4J = AllowList.library("resilience4j-core");

	private static final Library CAFFEINE = AllowList.library("caffeine");

	private static final Library LOG4J = AllowList.library("log4j-core");

	private static final Library KOTLIN = AllowList.library("kotlin-reflect");

	private static final Library SPRINGDOC = AllowList.library("springdoc-openapi-starter-common");

	private static final Library THYMELEAF = AllowList.library("thymeleaf");

	private static final Library CONTEXT = AllowList.library("context-propagation");

	private LibraryAllowances() {
	}

	static List<Allowance> list() {
		String jackson = "A lock while the (de)serializer of a type is built, which is then cached";
		String window = "A lock around a handful of counters";
		String cache = "The cache's maintenance lock; runs no loader";
		String services = "Looks for service providers when the registry is first used";
		String reflection = "Reads the metadata of a Kotlin class, which is then cached";
		return List.of(
				JACKSON.once("jackson-create-deserializer",
						"tools.jackson.databind.deser.DeserializerCache#_createAndCacheValueDeserializer", jackson,
						"feign-reactive"),
				JACKSON.once("jackson-find-deserializer",
						"tools.jackson.databind.deser.DeserializerCache#findValueDeserializer", jackson,
						"feign-reactive"),
				JACKSON.once("jackson-add-serializer",
						"tools.jackson.databind.ser.SerializerCache#addAndResolveNonTypedSerializer", jackson,
						"feign-reactive"),
				LOG4J.tolerated("log4j-appenders", "org.apache.logging.log4j.core.config.LoggerConfig#callAppenders",
						"Writes the log; asynchronous loggers move it off the loop. BlockHound allows "
								+ "Logback's appenders in the same way",
						"BlockHound#120"),
				CONTEXT.once("micrometer-context-accessors",
						"io.micrometer.context.ContextRegistry#loadContextAccessors", services, "spring-cloud-gateway"),
				CONTEXT.once("micrometer-thread-local-accessors",
						"io.micrometer.context.ContextRegistry#loadThreadLocalAccessors", services,
						"spring-cloud-gateway"),
				AllowList.library("HdrHistogram")
					.safe("hdr-flip-phase", "org.HdrHistogram.WriterReaderPhaser#flipPhase",
							"Waits for writers of the previous phase, which takes nanoseconds", "armeria"),
				AllowList.library("opentelemetry-sdk-trace")
					.safe("otel-add-span", "io.opentelemetry.sdk.trace.export.BatchSpanProcessor$Worker#addSpan",
							"Offers to a bounded queue without waiting for space"),
				AllowList.library("opentelemetry-sdk-logs")
					.safe("otel-add-log", "io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor$Worker#addLog",
							"Offers to a bounded queue without waiting for space"),
				AllowList.library("zipkin-reporter")
					.safe("zipkin-offer", "zipkin2.reporter.internal.ByteBoundedQueue#offer",
							"Offers to a bounded queue without waiting for space", "armeria"),
				RESILIENCE4J.safe("resilience4j-fixed-window",
						"io.github.resilience4j.core.metrics.FixedSizeSlidingWindowMetrics#record", window,
						"feign-reactive"),
				RESILIENCE4J.safe("resilience4j-time-window",
						"io.github.resilience4j.core.metrics.SlidingTimeWindowMetrics#record", window,
						"feign-reactive"),
				AllowList.library("resilience4j-ratelimiter")
					.safe("resilience4j-rate-limiter",
							"io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter#compareAndSet",
							"Backs off for a nanosecond when another thread has taken a permission meanwhile",
							"seen with 2.3.0"),
				CAFFEINE.safe("caffeine-clean-up",
						"com.github.benmanes.caffeine.cache.BoundedLocalCache#performCleanUp", cache, "infinispan"),
				CAFFEINE.safe("caffeine-lock", "com.github.benmanes.caffeine.cache.BoundedLocalCache#lock", cache,
						"infinispan"),
				CAFFEINE.safe("caffeine-after-write", "com.github.benmanes.caffeine.cache.BoundedLocalCache#afterWrite",
						cache, "infinispan"),
				THYMELEAF.once("thymeleaf-version", "org.thymeleaf.Thymeleaf#<clinit>",
						"Reads its own version when the class is first used", "seen on Spring Boot 4.1.0"),
				THYMELEAF.safe("thymeleaf-attributes",
						"org.thymeleaf.engine.AttributeDefinitions$AttributeDefinitionRepository#getAttribute",
						"A read-write lock around a map of names", "seen on Spring Boot 4.1.0"),
				THYMELEAF.once("thymeleaf-template", "org.thymeleaf.templateparser.reader.BlockAwareReader#readBytes",
						"Reads a template once, unless spring.thymeleaf.cache is off", "seen on Spring Boot 4.1.0"),
				KOTLIN.once("kotlin-function-of-method", "kotlin.reflect.jvm.ReflectJvmMapping#getKotlinFunction",
						reflection),
				KOTLIN.once("kotlin-member-properties", "kotlin.reflect.full.KClasses#getDeclaredMemberProperties",
						reflection),
				SPRINGDOC.once("springdoc-build", "org.springdoc.core.service.OpenAPIService#build",
						"Builds the API description when it is first requested, and caches it",
						"springdoc#1205, jhipster"),
				SPRINGDOC.tolerated("springdoc-swagger-ui",
						"org.springdoc.ui.AbstractSwaggerIndexTransformer#readFullyAsString",
						"Reads the start page of Swagger UI, a few kilobytes from its jar, whenever a person opens it",
						"seen on Spring Boot 4.1.0; springdoc#1205, jhipster"),
				AllowList.library("xnio-nio")
					.safe("xnio-registration", "org.xnio.nio.WorkerThread$SynchTask#run",
							"Waits for moments while another thread registers a channel", "undertow"),
				AllowList.library("aws-sdk-checksums")
					.safe("aws-digest", "software.amazon.awssdk.checksums.internal.DigestAlgorithm#getDigest",
							"Takes a digest from a pool without waiting for one", "aws-sdk"));
	}

}
