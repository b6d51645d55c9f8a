package com.example.clean;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Orders in a database that lies in memory.
 */
@Component
class Orders {

	private final DatabaseClient database;

	Orders(DatabaseClient database) {
		this.database = database;
	}

	Flux<String> articles() {
		return this.database.sql("select article from orders order by id limit 20")
			.map((row) -> row.get("article", String.class))
			.all();
	}

	Mono<Long> add(Order order) {
		return this.database.sql("insert into orders(article) values (:article)")
			.bind("article", order.article())
			.fetch()
			.rowsUpdated();
	}

}
