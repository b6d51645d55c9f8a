package com.example.requests;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * WebFlux, Spring Security with form login, basic authentication and sessions, JPA.
 */
@SpringBootApplication
class RequestsApplication {

	@Bean
	SecurityWebFilterChain security(ServerHttpSecurity http) {
		return http
			.authorizeExchange(
					(exchanges) -> exchanges.pathMatchers("/open/**").permitAll().anyExchange().authenticated())
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.formLogin(Customizer.withDefaults())
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	@Bean
	@SuppressWarnings("deprecation")
	MapReactiveUserDetailsService users() {
		return new MapReactiveUserDetailsService(
				User.withDefaultPasswordEncoder().username("ada").password("secret").roles("USER").build());
	}

	@Bean
	RouterFunction<ServerResponse> functionalRoutes(Blocking blocking) {
		return RouterFunctions.route()
			.GET("/functional/{id}", (request) -> blocking.functional(request.exchange()))
			.build();
	}

}
