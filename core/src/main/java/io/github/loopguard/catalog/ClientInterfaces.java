package io.github.loopguard.catalog;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Interfaces whose implementations wait. They identify libraries that have no hooks:
 * blocking inside a method that such an interface declares is a call of that method.
 */
final class ClientInterfaces {

	/**
	 * Rules that cover waiting of any kind.
	 */
	static final Set<String> WAITING = Set.of("socket-connect", "socket-read", "socket-write", "dns-lookup",
			"thread-park", "monitor-wait", "sleep");

	private static final Map<String, String> RULES = Map.ofEntries(Map.entry("java.sql.Driver", "jdbc"),
			Map.entry("java.sql.Connection", "jdbc"), Map.entry("java.sql.Statement", "jdbc"),
			Map.entry("java.sql.PreparedStatement", "jdbc"), Map.entry("java.sql.CallableStatement", "jdbc"),
			Map.entry("java.sql.ResultSet", "jdbc"), Map.entry("java.sql.DatabaseMetaData", "jdbc"),
			Map.entry("javax.sql.DataSource", "jdbc"), Map.entry("javax.sql.XADataSource", "jdbc"),
			Map.entry("jakarta.persistence.EntityManager", "jdbc"), Map.entry("jakarta.persistence.Query", "jdbc"),
			Map.entry("jakarta.persistence.EntityTransaction", "jdbc"),
			Map.entry("jakarta.jms.ConnectionFactory", "messaging"), Map.entry("jakarta.jms.Connection", "messaging"),
			Map.entry("jakarta.jms.Session", "messaging"), Map.entry("jakarta.jms.MessageConsumer", "messaging"),
			Map.entry("jakarta.jms.MessageProducer", "messaging"), Map.entry("jakarta.jms.JMSContext", "messaging"),
			Map.entry("jakarta.jms.JMSConsumer", "messaging"), Map.entry("jakarta.jms.JMSProducer", "messaging"),
			Map.entry("javax.jms.ConnectionFactory", "messaging"), Map.entry("javax.jms.Connection", "messaging"),
			Map.entry("javax.jms.Session", "messaging"), Map.entry("javax.jms.MessageConsumer", "messaging"),
			Map.entry("javax.jms.MessageProducer", "messaging"),
			Map.entry("org.springframework.http.client.ClientHttpRequest", "http-request"),
			Map.entry("okhttp3.Call", "http-request"), Map.entry("feign.Client", "http-request"),
			Map.entry("javax.naming.Context", "blocking-client"),
			Map.entry("javax.naming.directory.DirContext", "blocking-client"));

	private ClientInterfaces() {
	}

	static @Nullable String rule(String interfaceName) {
		return RULES.get(interfaceName);
	}

}
