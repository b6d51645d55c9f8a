package com.example.mistakes;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * An invoice.
 */
@Entity
public class Invoice {

	@Id
	private long id;

	private String customer;

	private int total;

	protected Invoice() {
	}

	Invoice(long id, String customer, int total) {
		this.id = id;
		this.customer = customer;
		this.total = total;
	}

	String describe() {
		return this.id + " " + this.customer + " " + this.total;
	}

	void add(int amount) {
		this.total += amount;
	}

}
