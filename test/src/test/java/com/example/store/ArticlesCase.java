package com.example.store;

import java.time.Duration;

import com.example.shop.Blocking;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.r2dbc.test.autoconfigure.DataR2dbcTest;
import org.springframework.r2dbc.core.DatabaseClient;

import io.github.loopguard.test.NonBlockingTest;

/**
 * The slice for R2DBC on a real H2, whose driver works on the thread that asks. Run by a
 * test kit.
 */
@DataR2dbcTest
@NonBlockingTest
class ArticlesCase {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Articles articles;

	ArticlesCase(@Autowired Articles articles) {
		this.articles = articles;
	}

	@BeforeEach
	void createTable(@Autowired DatabaseClient database) {
		database.sql("drop table if exists article")
			.then()
			.then(database.sql("create table article(id identity primary key, name varchar(40) not null)").then())
			.block(PATIENCE);
	}

	@Test
	void savesAndFinds() {
		this.articles.save(new Article(null, "pencil"))
			.thenMany(this.articles.findAll())
			.map(Article::name)
			.subscribeOn(Schedulers.parallel())
			.as(StepVerifier::create)
			.expectNext("pencil")
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void savesAndReadsAFile() {
		this.articles.save(new Article(null, "paper"))
			.map((article) -> article.name() + Blocking.read())
			.onErrorReturn("nothing")
			.subscribeOn(Schedulers.parallel())
			.as(StepVerifier::create)
			.expectNextCount(1)
			.expectComplete()
			.verify(PATIENCE);
	}

}
