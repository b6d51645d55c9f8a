package com.example.clients;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Databases that run in the application, with all data in memory.
 */
@Component
class EmbeddedDatabaseCalls implements Calls, AutoCloseable {

	private static final String H2 = "jdbc:h2:mem:embedded;DB_CLOSE_DELAY=-1";

	private final Statement h2 = DriverManager.getConnection(H2).createStatement();

	private final Connection transaction = DriverManager.getConnection(H2);

	private final Statement hsqldb = DriverManager.getConnection("jdbc:hsqldb:mem:embedded").createStatement();

	private final Statement derby = DriverManager.getConnection("jdbc:derby:memory:embedded;create=true")
		.createStatement();

	private final Statement sqlite = DriverManager.getConnection("jdbc:sqlite::memory:").createStatement();

	private final JdbcClient jdbcClient;

	private final SessionFactory sessions = new Configuration().addAnnotatedClass(Item.class)
		.setProperty("hibernate.connection.url", H2)
		.setProperty("hibernate.hbm2ddl.auto", "create")
		.buildSessionFactory();

	private final Session session = this.sessions.openSession();

	EmbeddedDatabaseCalls() throws SQLException {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL(H2);
		this.jdbcClient = JdbcClient.create(dataSource);
		this.transaction.setAutoCommit(false);
	}

	@Waits(rule = "jdbc", api = "org.h2.jdbc.JdbcStatement.executeQuery", line = "this.h2.executeQuery(",
			fix = "r2dbc-h2 runs on the calling thread")
	void h2() throws SQLException {
		this.h2.executeQuery("select 1");
	}

	@Waits(rule = "jdbc", api = "org.h2.jdbc.JdbcConnection.commit", line = "this.transaction.commit()",
			fix = "bridge.call")
	void h2Commit() throws SQLException {
		this.transaction.commit();
	}

	@Waits(rule = "jdbc", api = "org.springframework.jdbc.core.simple.JdbcClient.MappedQuerySpec.single",
			line = ".single()", fix = "bridge.call")
	void jdbcClient() {
		this.jdbcClient.sql("select 1").query(Integer.class).single();
	}

	@Waits(rule = "jdbc", api = "org.hibernate.Session.find", line = "this.session.find(", fix = "bridge.call")
	void hibernateFind() {
		this.session.find(Item.class, 1L);
	}

	@Waits(rule = "jdbc", api = "org.hibernate.query.SelectionQuery.list", line = ".list()", fix = "bridge.call")
	void hibernateQuery() {
		this.session.createSelectionQuery("from Item", Item.class).list();
	}

	@Waits(rule = "jdbc", api = "org.hsqldb.jdbc.JDBCStatement.executeQuery", line = "this.hsqldb.executeQuery(",
			fix = "bridge.call")
	void hsqldb() throws SQLException {
		this.hsqldb.executeQuery("values 1");
	}

	@Waits(rule = "jdbc", api = "java.sql.Statement.executeQuery", line = "this.derby.executeQuery(",
			fix = "bridge.call")
	void derby() throws SQLException {
		this.derby.executeQuery("values 1");
	}

	@Waits(rule = "jdbc", api = "org.sqlite.jdbc3.JDBC3Statement.executeQuery", line = "this.sqlite.executeQuery(",
			fix = "bridge.call")
	void sqlite() throws SQLException {
		this.sqlite.executeQuery("select 1");
	}

	@Override
	public void close() {
		this.session.close();
		this.sessions.close();
	}

	@Entity(name = "Item")
	static class Item {

		@Id
		private Long id;

	}

}
