package com.example.shop.page;

import java.nio.charset.StandardCharsets;

import com.example.shop.operation.Operations;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.github.loopguard.catalog.Catalog;

/**
 * Serves the start page from memory: all of it is read and rendered before the first
 * request, so that no event loop has to.
 */
@Configuration(proxyBeanMethods = false)
class PageRoutes {

	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	@Bean
	RouterFunction<ServerResponse> page(Operations operations) throws Exception {
		return RouterFunctions.route()
			.GET("/", served("text/html", new StartPage(Catalog.shipped(), operations).html()))
			.GET("/page.css", served("text/css", resource("page.css")))
			.GET("/page.js", served("text/javascript", resource("page.js")))
			.GET("/icon.svg", served("image/svg+xml", resource("icon.svg")))
			.build();
	}

	private static HandlerFunction<ServerResponse> served(String type, String text) {
		MediaType contentType = MediaType.parseMediaType(type + ";charset=utf-8");
		byte[] content = text.getBytes(StandardCharsets.UTF_8);
		return (request) -> ServerResponse.ok()
			.contentType(contentType)
			.cacheControl(CacheControl.noCache())
			.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
			.header("X-Content-Type-Options", "nosniff")
			.header("Referrer-Policy", "no-referrer")
			.header(HttpHeaders.CONTENT_LANGUAGE, "en")
			.bodyValue(content);
	}

	private static String resource(String name) throws Exception {
		return new ClassPathResource("page/" + name).getContentAsString(StandardCharsets.UTF_8);
	}

}
