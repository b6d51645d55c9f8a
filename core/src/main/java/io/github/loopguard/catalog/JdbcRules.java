package io.github.loopguard.catalog;

import java.util.List;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * The rule for JDBC: drivers, connection pools and libraries on top of them. Other
 * drivers are identified by the JDBC interfaces that they implement.
 */
final class JdbcRules {

	private static final String[] CONNECTION = { "prepareStatement", "prepareCall", "commit", "rollback",
			"setSavepoint", "releaseSavepoint", "setAutoCommit", "setTransactionIsolation", "setReadOnly", "isValid",
			"close" };

	private static final String[] STATEMENT = { "execute", "executeQuery", "executeUpdate", "executeLargeUpdate",
			"executeBatch", "executeLargeBatch", "getMoreResults", "close" };

	private static final String[] EXECUTE = { "execute", "executeQuery", "executeUpdate", "executeLargeUpdate",
			"executeBatch", "executeLargeBatch" };

	private static final String[] EXECUTE_ONE = { "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" };

	private static final String[] RESULT_SET = { "next", "previous", "first", "last", "absolute", "relative",
			"refreshRow", "insertRow", "updateRow", "deleteRow", "close" };

	private JdbcRules() {
	}

	static List<RuleDefinition> definitions() {
		RuleBuilder rule = rule("jdbc", "A blocking database call")
			.fix("use R2DBC, or bridge.call(() -> jdbcTemplate.queryForObject(sql, String.class))")
			.entry("java.sql.DriverManager", "getConnection");
		spring(rule);
		hibernate(rule);
		pools(rule);
		postgresql(rule);
		mysql(rule);
		mariadb(rule);
		sqlServer(rule);
		oracle(rule);
		h2(rule);
		hsqldb(rule);
		derby(rule);
		sqlite(rule);
		return List.of(rule.build());
	}

	private static void spring(RuleBuilder rule) {
		rule.libraryEntry("org.springframework.jdbc.core.JdbcTemplate", "execute", "query", "queryForObject",
				"queryForList", "queryForMap", "queryForRowSet", "queryForStream", "update", "batchUpdate", "call")
			.libraryEntry("org.springframework.orm.jpa.SharedEntityManagerCreator$SharedEntityManagerInvocationHandler",
					"invoke")
			.libraryEnclosing("org.springframework.transaction.interceptor.TransactionInterceptor", "invoke")
			.libraryEnclosing("org.springframework.transaction.support.TransactionTemplate", "execute");
	}

	private static void hibernate(RuleBuilder rule) {
		String internal = "org.hibernate.internal.";
		rule.libraryEntry(internal + "SessionImpl", "find", "findMultiple", "get", "persist", "merge", "remove",
				"refresh", "lock", "flush", "load", "delete", "immediateLoad", "initializeCollection", "close")
			.libraryEntry(internal + "StatelessSessionImpl", "get", "getMultiple", "insert", "insertMultiple", "update",
					"updateMultiple", "upsert", "upsertMultiple", "delete", "deleteMultiple", "refresh", "fetch")
			.libraryEntry("org.hibernate.query.spi.AbstractSelectionQuery", "list", "getSingleResult",
					"getSingleResultOrNull", "uniqueResult", "uniqueResultOptional", "getResultStream", "stream",
					"scroll")
			.libraryEntry("org.hibernate.query.spi.AbstractQuery", "executeUpdate")
			.libraryEntry("org.hibernate.query.sqm.internal.SqmQueryImpl", "executeUpdate")
			.libraryEntry("org.hibernate.engine.transaction.internal.TransactionImpl", "begin", "commit", "rollback");
	}

	private static void pools(RuleBuilder rule) {
		rule.libraryEntry("com.zaxxer.hikari.HikariDataSource", "getConnection")
			.libraryEntry("org.apache.tomcat.jdbc.pool.DataSourceProxy", "getConnection")
			.libraryEntry("org.apache.commons.dbcp2.BasicDataSource", "getConnection");
	}

	private static void postgresql(RuleBuilder rule) {
		String driver = "org.postgresql.jdbc.Pg";
		rule.libraryEntry(driver + "Connection", CONNECTION)
			.libraryEntry(driver + "Statement", STATEMENT)
			.libraryEntry(driver + "PreparedStatement", "execute", "executeQuery", "executeUpdate",
					"executeLargeUpdate", "executeBatch")
			.libraryEntry(driver + "CallableStatement", "executeUpdate")
			.libraryEntry(driver + "ResultSet", RESULT_SET)
			.libraryEntry("org.postgresql.copy.CopyManager", "copyIn", "copyOut")
			.libraryEntry("org.postgresql.ds.common.BaseDataSource", "getConnection");
	}

	private static void mysql(RuleBuilder rule) {
		String driver = "com.mysql.cj.jdbc.";
		rule.libraryEntry(driver + "ConnectionImpl", CONNECTION)
			.libraryEntry(driver + "StatementImpl", STATEMENT)
			.libraryEntry(driver + "ClientPreparedStatement", EXECUTE_ONE)
			.libraryEntry(driver + "CallableStatement", EXECUTE)
			.libraryEntry(driver + "result.ResultSetImpl", RESULT_SET)
			.libraryEntry(driver + "MysqlDataSource", "getConnection");
	}

	private static void mariadb(RuleBuilder rule) {
		String driver = "org.mariadb.jdbc.";
		rule.libraryEntry(driver + "Connection", CONNECTION)
			.libraryEntry(driver + "Statement", STATEMENT)
			.libraryEntry(driver + "BasePreparedStatement", EXECUTE)
			.libraryEntry(driver + "ClientPreparedStatement", EXECUTE_ONE)
			.libraryEntry(driver + "ServerPreparedStatement", EXECUTE_ONE)
			.libraryEntry(driver + "client.result.Result", "refreshRow", "insertRow", "updateRow", "deleteRow", "close")
			.libraryEntry(driver + "client.result.StreamingResult", "next", "previous", "first", "last", "absolute",
					"relative")
			.libraryEntry(driver + "MariaDbDataSource", "getConnection")
			.libraryEntry(driver + "MariaDbPoolDataSource", "getConnection");
	}

	private static void sqlServer(RuleBuilder rule) {
		String driver = "com.microsoft.sqlserver.jdbc.SQLServer";
		rule.libraryEntry(driver + "Connection", CONNECTION)
			.libraryEntry(driver + "Statement", STATEMENT)
			.libraryEntry(driver + "PreparedStatement", EXECUTE)
			.libraryEntry(driver + "ResultSet", RESULT_SET)
			.libraryEntry(driver + "DataSource", "getConnection");
	}

	private static void oracle(RuleBuilder rule) {
		String driver = "oracle.jdbc.driver.";
		rule.libraryEntry(driver + "PhysicalConnection", CONNECTION)
			.libraryEntry(driver + "OracleStatementWrapper", STATEMENT)
			.libraryEntry(driver + "OraclePreparedStatementWrapper", EXECUTE_ONE)
			.libraryEntry(driver + "InsensitiveScrollableResultSet", "next", "previous", "first", "last", "absolute",
					"relative", "refreshRow", "insertRow", "close")
			.libraryEntry("oracle.jdbc.datasource.impl.OracleDataSource", "getConnection");
	}

	/**
	 * An embedded database does no I/O that the JDK would tell of while its data is in
	 * memory, and its engine runs on the calling thread.
	 */
	private static void h2(RuleBuilder rule) {
		String driver = "org.h2.jdbc.Jdbc";
		rule.libraryLeaf(driver + "Statement", EXECUTE)
			.libraryLeaf(driver + "PreparedStatement", EXECUTE)
			.libraryLeaf(driver + "CallableStatement", "executeUpdate", "executeLargeUpdate")
			.libraryLeaf(driver + "Connection", "commit", "rollback")
			.libraryEntry(driver + "Connection", "prepareStatement", "prepareCall", "createStatement", "setSavepoint",
					"releaseSavepoint", "setAutoCommit", "isValid", "close")
			.libraryEntry(driver + "ResultSet", RESULT_SET)
			.libraryEntry("org.h2.jdbcx.JdbcDataSource", "getConnection")
			// What r2dbc-h2 calls, on the thread that subscribes.
			.libraryEntry("org.h2.engine.Engine", "createSession")
			.libraryEntry("org.h2.command.Command", "executeQuery", "executeUpdate")
			.libraryEntry("org.h2.engine.SessionLocal", "close");
	}

	private static void hsqldb(RuleBuilder rule) {
		String driver = "org.hsqldb.jdbc.JDBC";
		rule.libraryLeaf(driver + "Statement", EXECUTE)
			.libraryLeaf(driver + "PreparedStatement", EXECUTE)
			.libraryLeaf(driver + "Connection", "commit", "rollback")
			.libraryEntry(driver + "Connection", "prepareStatement", "prepareCall", "setSavepoint", "releaseSavepoint",
					"setAutoCommit", "isValid", "close")
			.libraryEntry(driver + "ResultSet", RESULT_SET)
			.libraryEntry(driver + "DataSource", "getConnection");
	}

	private static void derby(RuleBuilder rule) {
		String driver = "org.apache.derby.impl.jdbc.Embed";
		rule.libraryLeaf(driver + "Statement", EXECUTE)
			.libraryLeaf(driver + "PreparedStatement", EXECUTE_ONE)
			.libraryLeaf(driver + "Connection", "commit", "rollback")
			.libraryEntry(driver + "Connection", "prepareStatement", "prepareCall", "setSavepoint", "releaseSavepoint",
					"setAutoCommit", "isValid", "close")
			.libraryEntry(driver + "ResultSet", RESULT_SET);
	}

	/**
	 * SQLite reads its file in native code.
	 */
	private static void sqlite(RuleBuilder rule) {
		String driver = "org.sqlite.";
		rule.libraryLeaf(driver + "jdbc3.JDBC3Statement", EXECUTE)
			.libraryLeaf(driver + "jdbc3.JDBC3PreparedStatement", EXECUTE_ONE)
			.libraryLeaf(driver + "jdbc3.JDBC3ResultSet", "next")
			.libraryLeaf(driver + "SQLiteConnection", "commit", "rollback")
			.libraryEntry(driver + "SQLiteConnection", "setAutoCommit", "close")
			.libraryEntry(driver + "SQLiteDataSource", "getConnection");
	}

}
