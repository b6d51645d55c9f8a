package com.example.requests;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * The rows.
 */
interface Accounts extends JpaRepository<Account, Long> {

}
