package com.example.shop.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import com.example.shop.operation.Operation;
import com.example.shop.operation.Operation.Form;
import com.example.shop.operation.Operations;

import org.springframework.web.util.HtmlUtils;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Rule;

/**
 * Renders the start page: the catalog's rules by area, and under each rule its operations
 * with a button for each form.
 */
final class StartPage {

	private final Map<String, List<Rule>> rulesByArea = new LinkedHashMap<>();

	private final List<Rule> others = new ArrayList<>();

	private final Operations operations;

	StartPage(Catalog catalog, Operations operations) {
		this.operations = operations;
		for (Rule rule : catalog.rules()) {
			List<Operation> ofRule = operations.ofRule(rule.id());
			if (ofRule.isEmpty()) {
				this.others.add(rule);
			}
			else {
				this.rulesByArea.computeIfAbsent(ofRule.get(0).area(), (area) -> new ArrayList<>()).add(rule);
			}
		}
	}

	String html() {
		return """
				<!DOCTYPE html>
				<html lang="en">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<meta name="color-scheme" content="light dark">
				<title>Loopguard: block an event loop</title>
				<link rel="icon" href="/icon.svg" type="image/svg+xml">
				<link rel="stylesheet" href="/page.css">
				<script src="/page.js" defer></script>
				</head>
				<body>
				<a class="skip" href="#operations">Skip to the operations</a>
				<header class="top">
				<div class="intro">
				<p class="brand"><img src="/icon.svg" width="28" height="28" alt=""> Loopguard sample</p>
				<h1>Block an event loop, and see it found</h1>
				<p class="lead">%d operations that the reference documents as blocking, in the code of a small shop. \
				<strong>Blocking</strong> runs one on the event loop as people write it; \
				<strong>Fixed</strong> runs it as it should be. What Loopguard found appears beside the buttons.</p>
				</div>
				<dl class="state" aria-label="Loopguard in this application">
				<div><dt>Detection</dt><dd id="status">…</dd></div>
				<div><dt>Violations</dt><dd id="violations">…</dd></div>
				<div><dt>Occurrences</dt><dd id="occurrences">…</dd></div>
				<div class="wide"><dt>All of it</dt><dd><a href="/actuator/blocking">/actuator/blocking</a></dd></div>
				</dl>
				<noscript><p class="note">The buttons need JavaScript. Without it: \
				<code>curl -X POST localhost:8080/operations/read-string/blocking</code></p></noscript>
				</header>
				<div class="bar">
				<nav aria-label="Areas"><ul>%s</ul></nav>
				<p class="filter"><label for="filter">Find</label>\
				<input id="filter" type="search" placeholder="readString, file-read …" autocomplete="off"></p>
				</div>
				<main id="operations" tabindex="-1">
				<p id="matches" class="matches" role="status"></p>
				%s%s</main>
				<footer><p>Served from memory. No cookies, no requests to anybody else.</p></footer>
				</body>
				</html>
				""".formatted(this.operations.all().size(), links(), areas(), others());
	}

	private String links() {
		return this.rulesByArea.keySet()
			.stream()
			.map((area) -> "<li><a href=\"#%s\">%s</a></li>".formatted(anchor(area), escape(area)))
			.collect(Collectors.joining());
	}

	private String areas() {
		return this.rulesByArea.entrySet()
			.stream()
			.map((entry) -> """
					<section class="area" aria-labelledby="%1$s">
					<h2 id="%1$s">%2$s</h2>
					%3$s</section>
					""".formatted(anchor(entry.getKey()), escape(entry.getKey()),
					entry.getValue().stream().map(this::rule).collect(Collectors.joining())))
			.collect(Collectors.joining());
	}

	private String rule(Rule rule) {
		return """
				<section class="rule" aria-labelledby="rule-%1$s">
				<div class="about">
				<h3 id="rule-%1$s">%2$s</h3>
				<p class="names"><code class="id">%1$s</code>%3$s</p>
				<p class="fix"><span>Fix</span> %4$s</p>
				</div>
				%5$s</section>
				""".formatted(escape(rule.id()), escape(rule.title()), documentedAs(rule), escape(rule.fix()),
				this.operations.ofRule(rule.id()).stream().map(StartPage::operation).collect(Collectors.joining()));
	}

	private static String documentedAs(Rule rule) {
		return rule.documentedAs().isEmpty() ? ""
				: rule.documentedAs()
					.stream()
					.map((name) -> "<code>" + escape(name) + "</code>")
					.collect(Collectors.joining(", ", " documented as ", ""));
	}

	private static String operation(Operation operation) {
		return """
				<article class="operation" aria-labelledby="%1$s" data-rule="%2$s" data-class="%3$s">
				<h4 id="%1$s"><code>%4$s</code></h4>
				<div class="buttons">%5$s%6$s</div>
				<div class="result" role="status"><p class="idle">Not run yet</p></div>
				<details><summary>Source<span class="hidden"> of %4$s</span></summary>
				<div class="sources">%7$s%8$s</div>
				</details>
				</article>
				""".formatted(escape(operation.id()), escape(operation.rule()),
				escape(operation.blocking().className()), escape(operation.api()),
				button("blocking", "Blocking", operation, operation.blocking()),
				button("fixed", "Fixed", operation, operation.fixed()),
				source("Blocking", operation, operation.blocking()), source("Fixed", operation, operation.fixed()));
	}

	private static String button(String form, String label, Operation operation, Form of) {
		return """
				<button type="button" class="%1$s" data-path="%2$s" data-method="%3$s" aria-label="%4$s: %5$s">%4$s</button>
				"""
			.formatted(form, escape(of.path()), escape(of.methodName()), label, escape(operation.api()))
			.strip();
	}

	private static String source(String label, Operation operation, Form form) {
		return """
				<figure><figcaption>%1$s</figcaption>\
				<pre tabindex="0" role="region" aria-label="%1$s source of %2$s"><code>%3$s</code></pre></figure>
				""".formatted(label, escape(operation.api()), escape(form.source()));
	}

	private String others() {
		return this.others.isEmpty() ? ""
				: """
						<section class="area" aria-labelledby="others">
						<h2 id="others">Rules without a button</h2>
						<ul class="others">%s</ul>
						</section>
						""".formatted(this.others.stream()
					.map((rule) -> "<li><code class=\"id\">%s</code> %s</li>".formatted(escape(rule.id()),
							escape(rule.title())))
					.collect(Collectors.joining()));
	}

	private static String anchor(String area) {
		return "area-" + escape(area.toLowerCase(Locale.ROOT));
	}

	private static String escape(String text) {
		return HtmlUtils.htmlEscape(text, "UTF-8");
	}

}
