package com.example.clean;

import org.springframework.security.web.reactive.result.view.CsrfRequestDataValueProcessor;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.server.ServerWebExchange;
import org.thymeleaf.spring6.context.webflux.ReactiveDataDriverContextVariable;
import reactor.core.publisher.Mono;

/**
 * Pages rendered by Thymeleaf.
 */
@Controller
class PageController {

	private final Orders orders;

	PageController(Orders orders) {
		this.orders = orders;
	}

	/**
	 * Puts the token into every form, as Spring Security's reference has it.
	 */
	@ModelAttribute(CsrfRequestDataValueProcessor.DEFAULT_CSRF_ATTR_NAME)
	Mono<CsrfToken> csrfToken(ServerWebExchange exchange) {
		return exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
	}

	@GetMapping("/page")
	String page(Model model) {
		model.addAttribute("title", "Orders");
		model.addAttribute("articles", new ReactiveDataDriverContextVariable(this.orders.articles(), 10));
		return "page";
	}

	@GetMapping("/form")
	String form() {
		return "form";
	}

}
