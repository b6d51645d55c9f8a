package com.example.mistakes;

import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks the database on the event loop.
 */
@RestController
@RequestMapping("/invoices")
class InvoiceController {

	private final Invoices invoices;

	private final Booking booking;

	private final JdbcTemplate jdbc;

	InvoiceController(Invoices invoices, Booking booking, JdbcTemplate jdbc) {
		this.invoices = invoices;
		this.booking = booking;
		this.jdbc = jdbc;
	}

	@GetMapping("/{id}")
	Mono<String> byRepository(@PathVariable long id) {
		return Mono.fromCallable(() -> this.invoices.findById(id).orElseThrow().describe());
	}

	@GetMapping("/of/{customer}")
	Mono<Long> byDerivedQuery(@PathVariable String customer) {
		return Mono.just(customer).map(this.invoices::countByCustomer);
	}

	@GetMapping("/{id}/total")
	Mono<Integer> byTemplate(@PathVariable long id) {
		return Mono.just(id)
			.map((key) -> this.jdbc.queryForObject("select total from invoice where id = ?", Integer.class, key));
	}

	@PostMapping("/{id}/bookings")
	Mono<String> inTransaction(@PathVariable long id) {
		return Mono.fromCallable(() -> this.booking.add(id, 1));
	}

	@GetMapping("/all")
	Flux<String> byMethodReference() {
		return Flux.just(1L, 2L).map(this.invoices::findById).map(Optional::orElseThrow).map(Invoice::describe);
	}

}
