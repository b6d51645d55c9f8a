package com.example.requests;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * A page.
 */
@Controller
class Pages {

	@GetMapping("/open/page")
	String page(Model model) {
		model.addAttribute("name", "Ada");
		return "page";
	}

}
