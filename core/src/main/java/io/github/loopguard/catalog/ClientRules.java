package io.github.loopguard.catalog;

import java.util.List;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * The rules for all other clients that wait for their server, and for marked methods.
 */
final class ClientRules {

	private ClientRules() {
	}

	static List<RuleDefinition> definitions() {
		RuleBuilder rule = rule("blocking-client", "A call of a blocking client")
			.fix("use the library's asynchronous client, or bridge.call(...)");
		jndi(rule);
		ldap(rule);
		mail(rule);
		jedis(rule);
		lettuce(rule);
		mongo(rule);
		cassandra(rule);
		spring(rule);
		return List.of(rule.build(), markedBlocking());
	}

	private static RuleDefinition markedBlocking() {
		return rule("marked-blocking", "A method that is marked as blocking").fix("call it through bridge.call(...)")
			.build();
	}

	/**
	 * The constructors connect through {@code init}. Contexts without a server, such as
	 * those of an application server, reach no leaf.
	 */
	private static void jndi(RuleBuilder rule) {
		rule.entry("javax.naming.InitialContext", "init", "lookup", "lookupLink", "bind", "rebind", "unbind", "rename",
				"list", "listBindings", "createSubcontext", "destroySubcontext", "close")
			.entry("javax.naming.directory.InitialDirContext", "bind", "rebind", "createSubcontext", "getAttributes",
					"getSchema", "modifyAttributes", "search")
			.entry("javax.naming.ldap.InitialLdapContext", "extendedOperation", "reconnect")
			.entry("com.sun.jndi.toolkit.ctx.PartialCompositeContext", "lookup", "lookupLink", "bind", "rebind",
					"unbind", "rename", "list", "listBindings", "createSubcontext", "destroySubcontext")
			.entry("com.sun.jndi.toolkit.ctx.PartialCompositeDirContext", "bind", "rebind", "createSubcontext",
					"getAttributes", "getSchema", "modifyAttributes", "search")
			.entry("com.sun.jndi.ldap.AbstractLdapNamingEnumeration", "hasMore", "hasMoreElements", "next",
					"nextElement");
	}

	private static void ldap(RuleBuilder rule) {
		String sdk = "com.unboundid.ldap.sdk.";
		rule.libraryEntry(sdk + "LDAPConnection", "add", "bind", "close", "compare", "connect", "delete", "getEntry",
				"getRootDSE", "getSchema", "modify", "modifyDN", "processExtendedOperation", "processOperation",
				"reconnect", "search", "searchForEntry")
			.libraryEntry(sdk + "LDAPConnectionPool", "getConnection", "bindAndRevertAuthentication", "close")
			.libraryEntry(sdk + "AbstractConnectionPool", "add", "bind", "compare", "delete", "getEntry", "getRootDSE",
					"getSchema", "modify", "modifyDN", "processExtendedOperation", "search", "searchForEntry",
					"processRequests");
	}

	private static void mail(RuleBuilder rule) {
		String angus = "org.eclipse.angus.mail.";
		// These read their configuration from files and resources.
		rule.libraryEntry("jakarta.mail.Session", "<clinit>", "getInstance", "getDefaultInstance", "getTransport",
				"getStore")
			.libraryEntry("jakarta.mail.internet.MimeUtility", "<clinit>")
			.libraryEntry("jakarta.mail.Service", "connect")
			.libraryEntry("jakarta.mail.Transport", "send")
			.libraryEntry(angus + "smtp.SMTPTransport", "sendMessage", "isConnected", "close")
			.libraryEntry(angus + "imap.IMAPStore", "close", "idle", "getDefaultFolder", "getFolder")
			.libraryEntry(angus + "imap.IMAPFolder", "exists", "open", "close", "list", "listSubscribed",
					"getMessageCount", "getNewMessageCount", "getUnreadMessageCount", "fetch", "search", "expunge",
					"create", "delete", "renameTo", "appendMessages", "copyMessages", "setFlags", "idle")
			.libraryEntry(angus + "pop3.POP3Store", "close")
			.libraryEntry(angus + "pop3.POP3Folder", "open", "close", "fetch", "expunge");
	}

	/**
	 * All commands pass through a few methods; calls are named by the method that the
	 * application called.
	 */
	private static void jedis(RuleBuilder rule) {
		String jedis = "redis.clients.jedis.";
		rule.libraryEntry(jedis + "UnifiedJedis", "executeCommand")
			.libraryEntry(jedis + "executors.DefaultCommandExecutor", "executeCommand")
			.libraryEntry(jedis + "executors.RetryableCommandExecutor", "executeCommand")
			.libraryEntry(jedis + "executors.ClusterCommandExecutor", "executeCommand", "broadcastCommand")
			.libraryEntry(jedis + "Connection", "initializeFromClientConfig", "executeCommand", "sendCommand",
					"connect", "ping", "getOne", "getMany", "getStatusCodeReply", "getBulkReply", "getBinaryBulkReply",
					"getIntegerReply", "getMultiBulkReply", "getBinaryMultiBulkReply", "getObjectMultiBulkReply",
					"getUnflushedObject", "getUnflushedObjectMultiBulkReply")
			.libraryEntry(jedis + "util.Pool", "getResource")
			.libraryEntry(jedis + "JedisPool", "getResource")
			.libraryEntry(jedis + "JedisSentinelPool", "getResource")
			.libraryEntry(jedis + "ConnectionPool", "getResource")
			.libraryEntry(jedis + "Pipeline", "sync", "close")
			.libraryEntry(jedis + "MultiNodePipelineBase", "sync", "close")
			.libraryEntry(jedis + "Transaction", "multi", "watch", "unwatch", "exec", "discard", "close");
	}

	/**
	 * The synchronous interfaces are proxies that wait for the asynchronous ones.
	 */
	private static void lettuce(RuleBuilder rule) {
		String lettuce = "io.lettuce.core.";
		rule.libraryEntry(lettuce + "FutureSyncInvocationHandler", "handleInvocation")
			.libraryEntry(lettuce + "cluster.ClusterFutureSyncInvocationHandler", "handleInvocation")
			.libraryEntry(lettuce + "RedisClient", "connect", "connectPubSub", "connectSentinel")
			.libraryEntry(lettuce + "cluster.RedisClusterClient", "connect", "connectPubSub", "getPartitions",
					"refreshPartitions")
			.libraryEntry(lettuce + "masterreplica.MasterReplica", "connect")
			.libraryEntry(lettuce + "DefaultConnectionFuture", "get", "join")
			.libraryEntry(lettuce + "LettuceFutures", "awaitAll", "awaitOrCancel")
			.libraryEntry(lettuce + "AbstractRedisClient", "shutdown");
	}

	/**
	 * All operations pass through one executor. The classes are internal to
	 * mongodb-driver-sync 5.2 and later.
	 */
	private static void mongo(RuleBuilder rule) {
		String client = "com.mongodb.client.internal.";
		rule.libraryEntry(client + "MongoIterableImpl", "first", "forEach", "into")
			.libraryEntry(client + "FindIterableImpl", "first")
			.libraryEntry(client + "MongoClusterImpl$OperationExecutorImpl", "execute")
			.libraryEntry(client + "ClientSessionImpl", "commitTransaction", "abortTransaction", "close")
			.libraryEntry(client + "MongoBatchCursorAdapter", "hasNext", "next", "tryNext", "close")
			.libraryEntry(client + "MongoChangeStreamCursorImpl", "hasNext", "next", "tryNext", "close");
	}

	private static void cassandra(RuleBuilder rule) {
		String driver = "com.datastax.oss.driver.internal.core.";
		rule.libraryEntry(driver + "cql.CqlRequestSyncProcessor", "process")
			.libraryEntry(driver + "cql.CqlPrepareSyncProcessor", "process")
			.libraryEntry(driver + "util.concurrent.CompletableFutures", "getUninterruptibly");
	}

	private static void spring(RuleBuilder rule) {
		rule.libraryEntry("org.springframework.mail.javamail.JavaMailSenderImpl", "createMimeMessage", "send",
				"testConnection")
			.libraryEntry("org.springframework.data.redis.core.RedisTemplate", "execute", "executePipelined")
			.libraryEntry("org.springframework.data.mongodb.core.MongoTemplate", "find", "findOne", "findById",
					"findAll", "findDistinct", "findAndModify", "findAndReplace", "findAndRemove", "exists", "count",
					"estimatedCount", "insert", "insertAll", "save", "upsert", "updateFirst", "updateMulti", "replace",
					"remove", "aggregate", "executeCommand")
			.libraryEntry("org.springframework.ldap.core.LdapTemplate", "search", "searchForObject", "lookup", "list",
					"listBindings", "bind", "rebind", "unbind", "rename", "modifyAttributes", "authenticate", "find",
					"findAll", "findByDn", "findOne", "create", "update", "delete");
	}

}
