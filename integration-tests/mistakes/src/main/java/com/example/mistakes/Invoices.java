package com.example.mistakes;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * The invoices in the database.
 */
interface Invoices extends JpaRepository<Invoice, Long> {

	long countByCustomer(String customer);

}
