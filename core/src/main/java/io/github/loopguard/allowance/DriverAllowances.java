package io.github.loopguard.allowance;

import java.util.List;

import io.github.loopguard.allowance.AllowList.Library;

/**
 * Allowances for reactive drivers, without methods that wait for a server.
 */
final class DriverAllowances {

	private static final Library MARIADB = AllowList.library("r2dbc-mariadb");

	private static final Library MYSQL = AllowList.library("r2dbc-mysql");

	private static final Library LETTUCE = AllowList.library("lettuce-core");

	private static final Library CASSANDRA = AllowList.library("java-driver-core");

	private static final Library MONGODB = AllowList.library("mongodb-driver-core");

	private DriverAllowances() {
	}

	static List<Allowance> list() {
		String lock = "A lock held for moments";
		String nonce = "Generates a nonce when a connection logs in";
		String cassandra = "java-driver's own tests";
		return List.of(MONGODB.safe("mongodb-lock", "com.mongodb.internal.Locks#lockInterruptibly", lock, "jhipster"),
				MONGODB.tolerated("mongodb-session-id",
						"com.mongodb.internal.session.ServerSessionPool#createNewServerSessionIdentifier",
						"Generates a random identifier for every new session"),
				AllowList.library("scram-common")
					.once("scram-nonce", "com.ongres.scram.common.ScramFunctions#nonce", nonce, "r2dbc-postgresql"),
				MARIADB.once("mariadb-connect-attributes",
						"org.mariadb.r2dbc.message.client.HandshakeResponse#writeConnectAttributes",
						"Looks up the host's name when a connection is opened", "mariadb-connector-r2dbc#93"),
				MARIADB.safe("mariadb-send", "org.mariadb.r2dbc.client.SimpleClient#sendCommand", lock,
						"mariadb-connector-r2dbc#93"),
				MARIADB.safe("mariadb-send-without-result",
						"org.mariadb.r2dbc.client.SimpleClient#sendCommandWithoutResult", lock,
						"mariadb-connector-r2dbc#93"),
				MYSQL.safe("mysql-query-cache", "io.asyncer.r2dbc.mysql.cache.QueryBoundedCache#afterAdded", lock),
				MYSQL.safe("mysql-prepare-cache-get", "io.asyncer.r2dbc.mysql.cache.PrepareBoundedCache#getIfPresent",
						lock),
				MYSQL.safe("mysql-prepare-cache-put", "io.asyncer.r2dbc.mysql.cache.PrepareBoundedCache#putIfAbsent",
						lock),
				AllowList.library("h2")
					.once("h2-seed", "org.h2.util.MathUtils#getSecureRandom",
							"Waits for a seed, 0.4 s at most, when the first database is opened",
							"seen on Spring Boot 4.1.0"),
				AllowList.library("r2dbc-mssql")
					.once("mssql-ssl-handler", "io.r2dbc.mssql.client.ssl.TdsSslHandler#createSslHandler",
							"Reads the trust store when a connection is opened", "jhipster"),
				LETTUCE.safe("lettuce-shared-lock", "io.lettuce.core.protocol.SharedLock#incrementWriters", lock),
				LETTUCE.safe("lettuce-exclusive-lock", "io.lettuce.core.protocol.SharedLock#lockWritersExclusive",
						lock),
				CASSANDRA.safe("cassandra-ready-filter",
						"com.datastax.oss.driver.internal.core.util.concurrent.ReplayingEventFilter#markReady", lock,
						cassandra),
				CASSANDRA.safe("cassandra-event-filter",
						"com.datastax.oss.driver.internal.core.util.concurrent.ReplayingEventFilter#accept", lock,
						cassandra),
				CASSANDRA.safe("cassandra-channel-add", "com.datastax.oss.driver.internal.core.pool.ChannelSet#add",
						lock, cassandra),
				CASSANDRA.safe("cassandra-channel-remove",
						"com.datastax.oss.driver.internal.core.pool.ChannelSet#remove", lock, cassandra),
				CASSANDRA.once("cassandra-clock", "com.datastax.oss.driver.internal.core.time.Clock#getInstance",
						"Looks for the native clock when the first session is opened", cassandra));
	}

}
