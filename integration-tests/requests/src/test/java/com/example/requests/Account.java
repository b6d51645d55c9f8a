package com.example.requests;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * A row.
 */
@Entity
class Account {

	@Id
	private Long id = 0L;

	Long getId() {
		return this.id;
	}

}
