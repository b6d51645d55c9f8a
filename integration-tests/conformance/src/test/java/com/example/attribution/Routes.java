package com.example.attribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Routes that run on the event loop.
 */
@RestController
@RequestMapping("/attribution")
class Routes {

	static final Path FILE = Path.of("pom.xml");

	/** Code of a library, from a jar of its own. */
	static UnaryOperator<String> library = UnaryOperator.identity();

	private final InvoiceService invoices;

	private final PriceSource prices;

	Routes(InvoiceService invoices, PriceSource prices) {
		this.invoices = invoices;
		this.prices = prices;
	}

	@GetMapping("/lambda")
	Mono<String> lambda() {
		return Mono.fromCallable(() -> Files.readString(FILE));
	}

	@GetMapping("/fused")
	Mono<String> fused() {
		return Flux.just("pom", "none")
			.filter((name) -> !name.isEmpty())
			.map((name) -> name + ".xml")
			.filter("pom.xml"::equals)
			.flatMap((name) -> Flux.just(name).map((same) -> Helper.read(Path.of(same))))
			.next();
	}

	@GetMapping("/bridge-method")
	Mono<String> bridgeMethod() {
		return Mono.just(FILE).map(new Helper());
	}

	@GetMapping("/class-proxy")
	Mono<String> classProxy() throws IOException {
		return Mono.just(this.invoices.render(FILE));
	}

	@GetMapping("/interface-proxy")
	Mono<String> interfaceProxy() throws IOException {
		return Mono.just("" + this.prices.price(FILE));
	}

	@GetMapping("/library")
	Mono<String> callsLibrary() {
		return Mono.just(library.apply("pom.xml"));
	}

	@GetMapping("/method-reference")
	Mono<String> methodReference() {
		return Mono.just("pom.xml").map(library::apply);
	}

	@GetMapping("/serializer")
	Mono<Report> serializer() {
		return Mono.just(new Report("slow"));
	}

	@GetMapping("/anonymous")
	Mono<String> anonymous() {
		return Mono.fromSupplier(new java.util.function.Supplier<String>() {
			@Override
			public String get() {
				return "" + FILE.toFile().length();
			}
		});
	}

	@GetMapping("/lines-then-string")
	Mono<String> linesThenString() throws IOException {
		long lines;
		try (java.util.stream.Stream<String> stream = Files.lines(FILE)) {
			lines = stream.count();
		}
		return Mono.just(lines + Files.readString(FILE));
	}

}
