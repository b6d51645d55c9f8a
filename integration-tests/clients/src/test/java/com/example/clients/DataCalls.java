package com.example.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.example.clients.DataConfiguration.Account;
import com.example.clients.DataConfiguration.Label;
import jakarta.persistence.EntityManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.repository.CrudRepository;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Spring Data, transactions and Hibernate on an embedded database: one call of the
 * application's runs many statements.
 */
@Component
class DataCalls implements Calls, AutoCloseable {

	private static final String REPOSITORY = "com.example.clients.DataCalls.Accounts.";

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
			DataConfiguration.class);

	private final Accounts accounts = this.context.getBean(Accounts.class);

	private final Labels labels = this.context.getBean(Labels.class);

	private final Transfers transfers = this.context.getBean(Transfers.class);

	private final EntityManager entityManager = this.context.getBean(EntityManager.class);

	private final JdbcTemplate jdbcTemplate = this.context.getBean(JdbcTemplate.class);

	private final TransactionTemplate transactions = new TransactionTemplate(
			this.context.getBean(PlatformTransactionManager.class));

	@Waits(rule = "jdbc", api = REPOSITORY + "findAll", line = "this.accounts.findAll()", fix = "Spring Data R2DBC")
	void repository() {
		this.accounts.findAll();
	}

	@Waits(rule = "jdbc", api = REPOSITORY + "findByName", line = "this.accounts.findByName(",
			fix = "Spring Data R2DBC")
	void repositoryQuery() {
		this.accounts.findByName("me");
	}

	@Waits(rule = "jdbc", api = REPOSITORY + "save", line = "this.accounts.save(", fix = "Spring Data R2DBC")
	void repositorySave() {
		this.accounts.save(new Account("me"));
	}

	@Waits(rule = "jdbc", api = "com.example.clients.DataCalls.Labels.save", line = "this.labels.save(",
			fix = "Spring Data R2DBC")
	void jdbcRepository() {
		this.labels.save(new Label(null, "me"));
	}

	@Waits(rule = "jdbc", api = "com.example.clients.DataCalls.Transfers.transfer", line = "this.transfers.transfer()",
			fix = "Spring Data R2DBC")
	void transactional() {
		this.transfers.transfer();
	}

	@Waits(rule = "jdbc", api = "org.springframework.transaction.support.TransactionTemplate.execute",
			line = "this.transactions.execute(", fix = "Spring Data R2DBC")
	void transactionTemplate() {
		this.transactions.execute((status) -> {
			this.accounts.save(new Account("me"));
			return this.accounts.findAll();
		});
	}

	@Waits(rule = "jdbc", api = "org.hibernate.Session.find", line = "this.entityManager.find(",
			fix = "Hibernate Reactive")
	void entityManager() {
		this.entityManager.find(Account.class, 1L);
	}

	@Waits(rule = "jdbc", api = "org.springframework.jdbc.core.JdbcTemplate.queryForList",
			line = "this.jdbcTemplate.queryForList(", fix = "DatabaseClient")
	void jdbcTemplate() {
		this.jdbcTemplate.queryForList("select * from account");
	}

	/**
	 * Reads a file in a transaction, and nothing from the database.
	 */
	void export() throws IOException {
		this.transfers.export();
	}

	@Override
	public void close() {
		this.context.close();
	}

	interface Accounts extends JpaRepository<Account, Long> {

		List<Account> findByName(String name);

	}

	interface Labels extends CrudRepository<Label, Long> {

	}

	/**
	 * A service of the application.
	 */
	static class Transfers {

		private final Accounts accounts;

		Transfers(Accounts accounts) {
			this.accounts = accounts;
		}

		@Transactional
		void transfer() {
			this.accounts.save(new Account("me"));
			this.accounts.findAll();
		}

		@Transactional
		String export() throws IOException {
			return Files.readString(Path.of("pom.xml"));
		}

	}

}
