package com.example.mistakes;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes invoices in transactions.
 */
@Service
class Booking {

	private final Invoices invoices;

	Booking(Invoices invoices) {
		this.invoices = invoices;
	}

	@Transactional
	String add(long invoice, int amount) {
		Invoice found = this.invoices.findById(invoice).orElseThrow();
		found.add(amount);
		return found.describe();
	}

}
