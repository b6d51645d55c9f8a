package com.example.conformance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Calls a database in a file and one in memory, through JDBC.
 */
@Component
class DatabaseOperations implements Operations {

	private final String file;

	private final String other;

	private final String memory = "jdbc:h2:mem:conformance;DB_CLOSE_DELAY=-1";

	DatabaseOperations(Workspace workspace) throws SQLException {
		this.file = "jdbc:h2:file:" + workspace.fresh().toAbsolutePath() + ";DB_CLOSE_DELAY=-1";
		this.other = "jdbc:h2:file:" + workspace.fresh().toAbsolutePath();
		for (String url : new String[] { this.file, this.memory }) {
			try (Connection connection = DriverManager.getConnection(url);
					Statement statement = connection.createStatement()) {
				statement.execute("drop table if exists item");
				statement.execute("create table item (id int primary key auto_increment, name varchar(20))");
				statement.execute("insert into item (name) values ('one'), ('two')");
			}
		}
	}

	Opened opened() {
		return new Opened();
	}

	@Blocks(rule = "jdbc", api = "java.sql.DriverManager.getConnection", given = "opened")
	void driverManagerGetConnection(Opened opened) throws SQLException {
		opened.connection = DriverManager.getConnection(this.other);
	}

	HikariDataSource pool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(this.file);
		pool.setMaximumPoolSize(1);
		return pool;
	}

	@Blocks(rule = "jdbc", api = "com.zaxxer.hikari.HikariDataSource.getConnection", given = "pool")
	void hikariGetConnection(HikariDataSource pool) throws SQLException {
		pool.getConnection();
	}

	Statement fileStatement() throws SQLException {
		Statement statement = DriverManager.getConnection(this.file).createStatement();
		statement.closeOnCompletion();
		return statement;
	}

	Statement memoryStatement() throws SQLException {
		return DriverManager.getConnection(this.memory).createStatement();
	}

	PreparedStatement preparedStatement() throws SQLException {
		return DriverManager.getConnection(this.memory).prepareStatement("select name from item where id = 1");
	}

	@Blocks(rule = "jdbc", api = "org.h2.jdbc.JdbcStatement.execute", call = "java.sql.Statement.execute",
			given = "fileStatement")
	void statementExecuteOnFile(Statement statement) throws SQLException {
		statement.execute("insert into item (name) values ('three')");
	}

	@Blocks(rule = "jdbc", api = "org.h2.jdbc.JdbcStatement.executeUpdate", call = "java.sql.Statement.executeUpdate",
			given = "memoryStatement")
	void statementExecuteUpdateInMemory(Statement statement) throws SQLException {
		statement.executeUpdate("update item set name = 'uno' where id = 1");
	}

	@Blocks(rule = "jdbc", api = "org.h2.jdbc.JdbcStatement.executeQuery", call = "java.sql.Statement.executeQuery",
			given = "memoryStatement")
	void statementExecuteQueryInMemory(Statement statement) throws SQLException {
		statement.executeQuery("select name from item");
	}

	@Blocks(rule = "jdbc", api = "org.h2.jdbc.JdbcPreparedStatement.executeQuery",
			call = "java.sql.PreparedStatement.executeQuery", given = "preparedStatement")
	void preparedStatementExecuteQuery(PreparedStatement statement) throws SQLException {
		statement.executeQuery();
	}

	Connection transaction() throws SQLException {
		Connection connection = DriverManager.getConnection(this.memory);
		connection.setAutoCommit(false);
		return connection;
	}

	@Blocks(rule = "jdbc", api = "org.h2.jdbc.JdbcConnection.commit", call = "java.sql.Connection.commit",
			given = "transaction")
	void connectionCommit(Connection connection) throws SQLException {
		connection.commit();
	}

	JdbcTemplate onFile() {
		return new JdbcTemplate(new SingleConnectionDataSource(this.file, true));
	}

	JdbcTemplate inMemory() {
		return new JdbcTemplate(new SingleConnectionDataSource(this.memory, true));
	}

	@Blocks(rule = "jdbc", api = "org.springframework.jdbc.core.JdbcTemplate.queryForObject", given = "onFile")
	void jdbcTemplateQueryForObject(JdbcTemplate template) {
		template.queryForObject("select count(*) from item", Integer.class);
	}

	@Blocks(rule = "jdbc", api = "org.springframework.jdbc.core.JdbcTemplate.update", given = "onFile")
	void jdbcTemplateUpdate(JdbcTemplate template) {
		template.update("update item set name = ? where id = 2", "dos");
	}

	@Blocks(rule = "jdbc", api = "org.springframework.jdbc.core.JdbcTemplate.queryForList", given = "inMemory")
	void jdbcTemplateQueryForListInMemory(JdbcTemplate template) {
		template.queryForList("select name from item");
	}

	/**
	 * Keeps a connection so that closing it is not part of the call.
	 */
	static final class Opened implements AutoCloseable {

		private Connection connection;

		@Override
		public void close() throws SQLException {
			this.connection.close();
		}

	}

}
