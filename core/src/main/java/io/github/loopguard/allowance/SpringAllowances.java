package io.github.loopguard.allowance;

import java.util.List;

import io.github.loopguard.allowance.AllowList.Library;

/**
 * Allowances for Spring and for the libraries it uses for the web.
 */
final class SpringAllowances {

	private static final Library WEBFLUX = AllowList.library("spring-webflux");

	private static final Library WEB = AllowList.library("spring-web");

	private static final Library CONTEXT = AllowList.library("spring-context");

	private static final Library VALIDATOR = AllowList.library("hibernate-validator");

	private static final Library MUSTACHE = AllowList.library("spring-boot-mustache");

	private static final String MUSTACHE_VIEW = "org.springframework.boot.mustache.reactive.view.MustacheView";

	private SpringAllowances() {
	}

	static List<Allowance> list() {
		return List.of(AllowList.library("spring-core")
			.tolerated("spring-multipart-boundary", "org.springframework.util.MimeTypeUtils#generateMultipartBoundary",
					"Generates the boundary of a multipart body from the system's random numbers",
					"seen on Spring Boot 4.1.0; BlockHound#220, spring-cloud-gateway, feign-reactive"),
				WEB.safe("spring-session-save",
						"org.springframework.web.server.session.InMemoryWebSessionStore$InMemoryWebSession#save",
						"A lock around the state of the session"),
				WEBFLUX.safe("spring-mapping-registry",
						"org.springframework.web.reactive.result.method.AbstractHandlerMethodMapping$MappingRegistry"
								+ "#acquireReadLock",
						"A read lock that waits only while a handler is registered at run time"),
				CONTEXT.once("spring-message-bundle",
						"org.springframework.context.support.ResourceBundleMessageSource#getResourceBundle",
						"Reads the messages of a locale once and caches their formats", "seen on Spring Boot 4.1.0"),
				CONTEXT.once("spring-message-properties",
						"org.springframework.context.support.ReloadableResourceBundleMessageSource#getProperties",
						"Reads the messages of a locale once, unless a refresh interval is set"),
				AllowList.library("spring-security-web")
					.tolerated("spring-csrf-mask",
							"org.springframework.security.web.server.csrf.XorServerCsrfTokenRequestAttributeHandler"
									+ "#createXoredCsrfToken",
							"Masks the CSRF token of every response with random numbers from the system"),
				AllowList.library("spring-data-commons")
					.once("spring-data-entity",
							"org.springframework.data.mapping.context.AbstractMappingContext#addPersistentEntity",
							"Reads an entity's metadata under a lock when it is first used"),
				VALIDATOR.once("hibernate-validator-bundle",
						"org.hibernate.validator.resourceloading.PlatformResourceBundleLocator#getResourceBundle",
						"Reads the messages of a locale once; the narrow form of the entry for "
								+ "SpringValidatorAdapter#validate that others use",
						"seen on Spring Boot 4.1.0; jhipster, spring-framework#24247"),
				VALIDATOR.safe("hibernate-validator-map",
						"org.hibernate.validator.internal.util.ConcurrentReferenceHashMap$Segment#put",
						"The lock of one segment of a map, held while an entry is put", "seen on Spring Boot 4.1.0"),
				MUSTACHE.tolerated("mustache-exists", MUSTACHE_VIEW + "#checkResourceExists",
						"Looks for the template of a view, before each response", "seen on Spring Boot 4.1.0"),
				MUSTACHE.tolerated("mustache-resolve", MUSTACHE_VIEW + "#resolveResource",
						"Looks for the template of a view, before each response", "seen on Spring Boot 4.1.0"),
				MUSTACHE.tolerated("mustache-open", MUSTACHE_VIEW + "#getReader",
						"Opens the template of a view, which is not cached", "seen on Spring Boot 4.1.0"),
				MUSTACHE.tolerated("mustache-template",
						MUSTACHE_VIEW + "#renderInternal -> com.samskivert.mustache.Mustache$Compiler.compile",
						"Reads the template of a view, which is not cached", "seen on Spring Boot 4.1.0"),
				AllowList.library("jmustache")
					.tolerated("mustache-partial", "com.samskivert.mustache.Mustache$Compiler#loadTemplate",
							"Reads a template that another one includes", "seen on Spring Boot 4.1.0"));
	}

}
