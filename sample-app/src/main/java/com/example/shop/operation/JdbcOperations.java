package com.example.shop.operation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

import com.example.shop.ShopDatabase;
import reactor.core.publisher.Mono;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;

import io.github.loopguard.bridge.BlockingBridge;

/**
 * Asks the database, which is an H2 file. Its reactive driver would be no fix: it runs
 * the same file access on the event loop.
 */
@Area(name = "Database")
class JdbcOperations {

	private final JdbcTemplate jdbcTemplate;

	private final DataSource dataSource;

	private final ShopDatabase database;

	private final BlockingBridge bridge;

	JdbcOperations(JdbcTemplate jdbcTemplate, DataSource dataSource, ShopDatabase database, BlockingBridge bridge) {
		this.jdbcTemplate = jdbcTemplate;
		this.dataSource = dataSource;
		this.database = database;
		this.bridge = bridge;
	}

	@PostMapping("/jdbc-query/blocking")
	@Blocks(api = "JdbcTemplate.queryForObject(sql, type, args)", rule = "jdbc")
	String jdbcQuery() {
		return this.jdbcTemplate.queryForObject("select name from article where number = ?", String.class, 1001);
	}

	@PostMapping("/jdbc-query/fixed")
	Mono<String> jdbcQueryFixed() {
		return this.bridge.call(() -> this.jdbcTemplate.queryForObject("select name from article where number = ?",
				String.class, 1001));
	}

	@PostMapping("/jdbc-update/blocking")
	@Blocks(api = "JdbcTemplate.update(sql, args)", rule = "jdbc")
	Mono<String> jdbcUpdate() {
		return Mono.just(1002)
			.map((number) -> this.jdbcTemplate.update("update article set sold = sold + 1 where number = ?", number))
			.map((rows) -> rows + " row");
	}

	@PostMapping("/jdbc-update/fixed")
	Mono<String> jdbcUpdateFixed() {
		return Mono.just(1002)
			.flatMap(this.bridge.wrap((Integer number) -> this.jdbcTemplate
				.update("update article set sold = sold + 1 where number = ?", number)))
			.map((rows) -> rows + " row");
	}

	@PostMapping("/jdbc-statement/blocking")
	@Blocks(api = "PreparedStatement.executeQuery()", rule = "jdbc")
	String jdbcStatement() throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement("select count(*) from article");
				ResultSet result = statement.executeQuery()) {
			result.next();
			return result.getInt(1) + " articles";
		}
	}

	@PostMapping("/jdbc-statement/fixed")
	Mono<String> jdbcStatementFixed() {
		return this.bridge.call(() -> {
			try (Connection connection = this.dataSource.getConnection();
					PreparedStatement statement = connection.prepareStatement("select count(*) from article");
					ResultSet result = statement.executeQuery()) {
				result.next();
				return result.getInt(1) + " articles";
			}
		});
	}

	@PostMapping("/driver-manager/blocking")
	@Blocks(api = "DriverManager.getConnection(url)", rule = "jdbc")
	String driverManager() throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.database.getJdbcUrl(),
				this.database.getUsername(), this.database.getPassword())) {
			return connection.getMetaData().getDatabaseProductName();
		}
	}

	@PostMapping("/driver-manager/fixed")
	Mono<String> driverManagerFixed() {
		return this.bridge.call(() -> {
			try (Connection connection = DriverManager.getConnection(this.database.getJdbcUrl(),
					this.database.getUsername(), this.database.getPassword())) {
				return connection.getMetaData().getDatabaseProductName();
			}
		});
	}

}
