package io.github.loopguard.bridge.operation;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An H2 database, in memory or in a file, with a pool of two connections and a table of
 * orders, each of which has two lines.
 */
final class OrderDatabase {

	static final Duration SOON = Duration.ofSeconds(10);

	final JdbcConnectionPool pool;

	final DataSourceTransactionManager manager;

	final JdbcTemplate jdbc;

	/**
	 * Keeps a database in memory open.
	 */
	private final Connection observer;

	private OrderDatabase(String url) throws SQLException {
		this.pool = JdbcConnectionPool.create(url, "", "");
		this.pool.setMaxConnections(2);
		this.pool.setLoginTimeout(1);
		this.manager = new DataSourceTransactionManager(this.pool);
		this.jdbc = new JdbcTemplate(this.pool);
		this.observer = DriverManager.getConnection(url, "", "");
		this.observer.createStatement()
			.execute("create table line (order_id int, line int, primary key (order_id, line))");
	}

	static OrderDatabase inMemory() throws SQLException {
		return new OrderDatabase("jdbc:h2:mem:" + UUID.randomUUID());
	}

	static OrderDatabase in(Path folder) throws SQLException {
		return new OrderDatabase("jdbc:h2:file:" + folder.resolve(UUID.randomUUID().toString()));
	}

	/**
	 * Inserts an order on a connection of the thread's transaction.
	 */
	int insert(int order) {
		return insertLine(order, 1) + insertLine(order, 2);
	}

	int insertLine(int order, int line) {
		return this.jdbc.update("insert into line values (?, ?)", order, line);
	}

	/**
	 * Counts the lines that the thread's transaction sees.
	 */
	int seenLines() {
		Integer lines = this.jdbc.queryForObject("select count(*) from line", Integer.class);
		return (lines != null) ? lines : 0;
	}

	/**
	 * Counts the lines that are committed.
	 */
	int lines() throws SQLException {
		return count("select count(*) from line");
	}

	/**
	 * Counts the orders of which one line is missing.
	 */
	int halfOrders() throws SQLException {
		return count("select count(*) from (select order_id from line group by order_id having count(*) <> 2)");
	}

	private int count(String query) throws SQLException {
		try (ResultSet rows = this.observer.createStatement().executeQuery(query)) {
			rows.next();
			return rows.getInt(1);
		}
	}

	int connectionsInUse() {
		return this.pool.getActiveConnections();
	}

	void assertAllConnectionsAreBack() {
		Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(connectionsInUse()).isZero());
	}

	void close() throws SQLException {
		this.pool.dispose();
		this.observer.createStatement().execute("shutdown immediately");
	}

}
