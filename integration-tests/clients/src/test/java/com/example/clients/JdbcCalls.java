package com.example.clients;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.dbcp2.datasources.SharedPoolDataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Drivers of database servers, and pools.
 */
@Component
class JdbcCalls implements Calls, AutoCloseable {

	private static final String CONNECT = "java.sql.DriverManager.getConnection";

	private final String address;

	private final SilentServer postgres = new SilentServer(Logins::postgresql);

	/** One for each call: the driver gives a connection up that does not answer. */
	private final Iterator<Statement> statements;

	private final HikariDataSource hikari = new HikariDataSource();

	private final org.apache.tomcat.jdbc.pool.DataSource tomcat = new org.apache.tomcat.jdbc.pool.DataSource();

	private final BasicDataSource dbcp = new BasicDataSource();

	/** A pool without a hook of its own. */
	private final SharedPoolDataSource shared = new SharedPoolDataSource();

	private final JdbcTemplate jdbcTemplate = new JdbcTemplate(this.hikari);

	JdbcCalls(SilentServer server) throws SQLException {
		this.address = server.address();
		this.statements = List.of(statement(), statement()).iterator();
		String database = "jdbc:h2:mem:pools";
		this.hikari.setJdbcUrl(database);
		this.hikari.setMaximumPoolSize(1);
		this.hikari.setConnectionTimeout(SilentServer.PATIENCE);
		this.tomcat.setUrl(database);
		this.tomcat.setDriverClassName("org.h2.Driver");
		this.tomcat.setInitialSize(1);
		this.tomcat.setMaxActive(1);
		this.tomcat.setMaxWait(SilentServer.PATIENCE);
		this.dbcp.setUrl(database);
		this.dbcp.setMaxTotal(1);
		this.dbcp.setMaxWait(Duration.ofMillis(SilentServer.PATIENCE));
		JdbcDataSource h2 = new JdbcDataSource();
		h2.setURL(database);
		this.shared.setConnectionPoolDataSource(h2);
		this.shared.setMaxTotal(1);
		this.shared.setDefaultMaxWait(Duration.ofMillis(SilentServer.PATIENCE));
		for (DataSource pool : new DataSource[] { this.hikari, this.tomcat, this.dbcp, this.shared }) {
			pool.getConnection();
		}
	}

	@Waits(rule = "jdbc", api = CONNECT, line = "DriverManager.getConnection(", fix = "r2dbc-postgresql")
	void postgresql() throws SQLException {
		DriverManager.getConnection(postgres(this.address), "me", "secret");
	}

	@Waits(rule = "jdbc", api = "org.postgresql.jdbc.PgStatement.executeQuery",
			line = "this.statements.next().executeQuery(", fix = "r2dbc-postgresql")
	void postgresqlStatement() throws SQLException {
		this.statements.next().executeQuery("select 1");
	}

	@Waits(rule = "jdbc", api = CONNECT, line = "DriverManager.getConnection(", fix = "r2dbc-mysql")
	void mysql() throws SQLException {
		DriverManager.getConnection("jdbc:mysql://" + this.address + "/shop?sslMode=DISABLED&connectTimeout=300"
				+ "&socketTimeout=" + SilentServer.PATIENCE, "me", "secret");
	}

	@Waits(rule = "jdbc", api = CONNECT, line = "DriverManager.getConnection(", fix = "r2dbc-mariadb")
	void mariadb() throws SQLException {
		DriverManager.getConnection(
				"jdbc:mariadb://" + this.address + "/shop?connectTimeout=300&socketTimeout=" + SilentServer.PATIENCE,
				"me", "secret");
	}

	@Waits(rule = "jdbc", api = CONNECT, line = "DriverManager.getConnection(", fix = "r2dbc-mssql")
	void sqlServer() throws SQLException {
		DriverManager.getConnection("jdbc:sqlserver://" + this.address + ";encrypt=false;loginTimeout=1;"
				+ "connectRetryCount=0;socketTimeout=" + SilentServer.PATIENCE, "me", "secret");
	}

	@Waits(rule = "jdbc", api = CONNECT, line = "DriverManager.getConnection(", fix = "oracle-r2dbc")
	void oracle() throws SQLException {
		DriverManager.getConnection("jdbc:oracle:thin:@(DESCRIPTION=(CONNECT_TIMEOUT=300ms)"
				+ "(TRANSPORT_CONNECT_TIMEOUT=300ms)(RETRY_COUNT=0)(ADDRESS=(PROTOCOL=TCP)(HOST=127.0.0.1)(PORT="
				+ this.address.substring(this.address.indexOf(':') + 1) + "))(CONNECT_DATA=(SERVICE_NAME=shop)))", "me",
				"secret");
	}

	@Waits(rule = "jdbc", api = "com.zaxxer.hikari.HikariDataSource.getConnection",
			line = "this.hikari.getConnection()", fix = "r2dbc-pool")
	void hikari() throws SQLException {
		this.hikari.getConnection();
	}

	@Waits(rule = "jdbc", api = "org.apache.tomcat.jdbc.pool.DataSourceProxy.getConnection",
			line = "this.tomcat.getConnection()", fix = "r2dbc-pool")
	void tomcat() throws SQLException {
		this.tomcat.getConnection();
	}

	@Waits(rule = "jdbc", api = "org.apache.commons.dbcp2.BasicDataSource.getConnection",
			line = "this.dbcp.getConnection()", fix = "bridge.call")
	void dbcp() throws SQLException {
		this.dbcp.getConnection();
	}

	@Waits(rule = "jdbc", api = "javax.sql.DataSource.getConnection", line = "this.shared.getConnection()",
			fix = "R2DBC")
	void poolWithoutHook() throws SQLException {
		this.shared.getConnection();
	}

	@Waits(rule = "jdbc", api = "org.springframework.jdbc.core.JdbcTemplate.queryForObject",
			line = "this.jdbcTemplate.queryForObject(", fix = "DatabaseClient")
	void jdbcTemplate() {
		this.jdbcTemplate.queryForObject("select 1", Integer.class);
	}

	@Override
	public void close() throws IOException, SQLException {
		this.hikari.close();
		this.tomcat.close();
		this.dbcp.close();
		this.postgres.close();
	}

	private Statement statement() throws SQLException {
		return DriverManager.getConnection(postgres(this.postgres.address()), "me", "secret").createStatement();
	}

	/**
	 * PostgreSQL's driver counts in seconds.
	 */
	private static String postgres(String address) {
		return "jdbc:postgresql://" + address + "/shop?sslmode=disable&gssEncMode=disable&socketTimeout=1"
				+ "&assumeMinServerVersion=12";
	}

}
