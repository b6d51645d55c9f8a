package io.github.loopguard.catalog;

import java.util.List;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * Rules for clients that wait for their server: databases, message queues, and the rest.
 */
final class ClientRules {

	private ClientRules() {
	}

	static List<RuleDefinition> definitions() {
		return List.of(jdbc(), messaging(), blockingClient(), markedBlocking());
	}

	private static RuleDefinition jdbc() {
		String[] statements = { "execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "executeBatch" };
		return rule("jdbc", "A blocking database call")
			.fix("use R2DBC, or bridge.call(() -> jdbcTemplate.queryForObject(...))")
			.entry("java.sql.DriverManager", "getConnection")
			.throwSafe()
			.entry("org.springframework.jdbc.core.JdbcTemplate", "execute", "query", "queryForObject", "queryForList",
					"queryForMap", "queryForRowSet", "queryForStream", "update", "batchUpdate", "call")
			.ofLibrary()
			.entry("com.zaxxer.hikari.HikariDataSource", "getConnection")
			.ofLibrary()
			.leaf("org.h2.jdbc.JdbcStatement", statements)
			.ofLibrary()
			.leaf("org.h2.jdbc.JdbcPreparedStatement", statements)
			.ofLibrary()
			.leaf("org.h2.jdbc.JdbcConnection", "commit", "rollback")
			.ofLibrary()
			.entry("org.h2.jdbc.JdbcConnection", "close", "prepareStatement", "createStatement", "setAutoCommit")
			.ofLibrary()
			.entry("org.h2.jdbc.JdbcResultSet", "next")
			.ofLibrary()
			.build();
	}

	private static RuleDefinition messaging() {
		return rule("messaging", "A blocking call to a message broker")
			.fix("use a reactive client, or a callback, or poll on a thread of its own")
			.build();
	}

	private static RuleDefinition blockingClient() {
		return rule("blocking-client", "A call of a blocking client")
			.fix("use the library's asynchronous client, or bridge.call(...)")
			.entry("javax.naming.InitialContext", "lookup")
			.build();
	}

	private static RuleDefinition markedBlocking() {
		return rule("marked-blocking", "A method that an integration marks as blocking")
			.fix("call it through bridge.call(...)")
			.build();
	}

}
