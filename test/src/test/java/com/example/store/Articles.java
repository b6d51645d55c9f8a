package com.example.store;

import org.springframework.data.repository.reactive.ReactiveCrudRepository;

/**
 * What is sold.
 */
interface Articles extends ReactiveCrudRepository<Article, Long> {

}
