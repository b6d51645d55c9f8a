package io.github.loopguard.catalog;

import java.util.List;

/**
 * Methods whose calls the JVM traces where it can, because no event of its own shows
 * them: connecting, listing directories, and waiting for a connection of a pool.
 */
final class TracedMethods {

	static final List<String> NAMES = List.of("java.net.Socket::connect", "java.io.File::list",
			"java.io.File::listFiles", "java.nio.file.Files::list", "java.nio.file.Files::newDirectoryStream",
			"java.nio.file.Files::walkFileTree", "com.zaxxer.hikari.HikariDataSource::getConnection",
			"org.apache.tomcat.jdbc.pool.DataSourceProxy::getConnection",
			"org.apache.commons.dbcp2.BasicDataSource::getConnection");

	private TracedMethods() {
	}

}
