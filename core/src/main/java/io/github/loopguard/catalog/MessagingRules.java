package io.github.loopguard.catalog;

import java.util.List;

import io.github.loopguard.catalog.Hook.Condition;

import static io.github.loopguard.catalog.RuleBuilder.rule;

/**
 * The rule for clients of message brokers that wait for a message or a confirmation.
 */
final class MessagingRules {

	private static final String[] SESSION = { "start", "close", "commit", "rollback", "recover", "createConsumer",
			"createDurableConsumer", "createSharedConsumer", "createSharedDurableConsumer", "createDurableSubscriber",
			"createSubscriber", "createReceiver", "createProducer", "createSender", "createPublisher", "createBrowser",
			"createQueue", "createTopic", "createTemporaryQueue", "createTemporaryTopic", "unsubscribe" };

	private static final String[] CONTEXT = { "createContext", "start", "stop", "close", "setClientID", "commit",
			"rollback", "recover", "createConsumer", "createDurableConsumer", "createSharedConsumer",
			"createSharedDurableConsumer", "createProducer", "createBrowser", "createQueue", "createTopic",
			"createTemporaryQueue", "createTemporaryTopic", "unsubscribe", "acknowledge" };

	private static final String[] CONNECTION = { "createSession", "createQueueSession", "createTopicSession", "start",
			"stop", "close", "setClientID" };

	private static final String[] CONSUMER = { "close", "receive", "receiveBody", "receiveNoWait",
			"receiveBodyNoWait" };

	private MessagingRules() {
	}

	static List<RuleDefinition> definitions() {
		RuleBuilder rule = rule("messaging", "A blocking call to a message broker")
			.fix("use a reactive client, or a callback, or poll on a thread of its own");
		kafka(rule);
		rabbit(rule);
		artemis(rule);
		activeMq(rule);
		spring(rule);
		return List.of(rule.build());
	}

	/**
	 * A consumer waits in a selector, as event loops do themselves, so no hook of the JDK
	 * can report it. A consumer of the new protocol waits on a condition, or spins for
	 * the whole timeout while its background thread is busy. Internal methods of
	 * kafka-clients 4.
	 */
	private static void kafka(RuleBuilder rule) {
		rule.libraryEntry("org.apache.kafka.clients.consumer.KafkaConsumer", "poll", "commitSync", "position",
				"committed", "partitionsFor", "listTopics", "offsetsForTimes", "beginningOffsets", "endOffsets",
				"close")
			.libraryEntry("org.apache.kafka.clients.producer.KafkaProducer", "send", "flush", "partitionsFor",
					"initTransactions", "sendOffsetsToTransaction", "commitTransaction", "abortTransaction", "close")
			.libraryEntry("org.apache.kafka.clients.producer.internals.FutureRecordMetadata", "get")
			.libraryEntry("org.apache.kafka.common.internals.KafkaFutureImpl", "get")
			.libraryLeaf("org.apache.kafka.common.network.Selector", "select")
			.only(Condition.POSITIVE_TIMEOUT)
			.libraryLeaf("org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer", "poll")
			.descriptor("(Ljava/time/Duration;)Lorg/apache/kafka/clients/consumer/ConsumerRecords;")
			.only(Condition.POSITIVE_DURATION);
	}

	private static void rabbit(RuleBuilder rule) {
		rule.libraryEntry("com.rabbitmq.client.ConnectionFactory", "newConnection")
			.libraryEntry("com.rabbitmq.client.impl.AMQConnection", "createChannel", "close", "abort")
			.libraryEntry("com.rabbitmq.client.impl.ChannelN", "abort", "basicAck", "basicCancel", "basicConsume",
					"basicGet", "basicNack", "basicPublish", "basicQos", "basicRecover", "basicReject", "close",
					"confirmSelect", "exchangeBind", "exchangeBindNoWait", "exchangeDeclare", "exchangeDeclareNoWait",
					"exchangeDeclarePassive", "exchangeDelete", "exchangeDeleteNoWait", "exchangeUnbind",
					"exchangeUnbindNoWait", "queueBind", "queueBindNoWait", "queueDeclare", "queueDeclareNoWait",
					"queueDeclarePassive", "queueDelete", "queueDeleteNoWait", "queuePurge", "queueUnbind", "txCommit",
					"txRollback", "txSelect", "waitForConfirms", "waitForConfirmsOrDie")
			.libraryEntry("com.rabbitmq.client.impl.AMQChannel", "rpc", "exnWrappingRpc")
			.libraryEntry("com.rabbitmq.client.RpcClient", "doCall");
	}

	private static void artemis(RuleBuilder rule) {
		String client = "org.apache.activemq.artemis.jms.client.ActiveMQ";
		rule.libraryEntry(client + "ConnectionFactory", "createConnection", "createContext", "createQueueConnection",
				"createTopicConnection", "createXAConnection", "createXAContext")
			.libraryEntry(client + "Connection", CONNECTION)
			.libraryEntry(client + "Session", SESSION)
			.libraryEntry(client + "MessageConsumer", "close", "receive", "receiveNoWait")
			.libraryEntry(client + "MessageProducer", "close", "send", "publish")
			.libraryEntry(client + "JMSContext", CONTEXT)
			.libraryEntry(client + "JMSConsumer", CONSUMER)
			.libraryEntry(client + "JMSProducer", "send")
			.libraryEntry(client + "QueueBrowser", "close", "getEnumeration");
	}

	private static void activeMq(RuleBuilder rule) {
		String client = "org.apache.activemq.ActiveMQ";
		rule.libraryEntry(client + "ConnectionFactory", "createConnection", "createContext", "createQueueConnection",
				"createTopicConnection")
			.libraryEntry(client + "Connection", CONNECTION)
			.libraryEntry(client + "Session", SESSION)
			.libraryEntry(client + "MessageConsumer", "close", "receive", "receiveNoWait", "commit", "rollback",
					"acknowledge")
			.libraryEntry(client + "MessageProducer", "close", "send")
			.libraryEntry(client + "MessageProducerSupport", "send")
			.libraryEntry(client + "Context", CONTEXT)
			.libraryEntry(client + "Consumer", CONSUMER)
			.libraryEntry(client + "Producer", "send")
			.libraryEntry(client + "QueueBrowser", "close", "getEnumeration");
	}

	private static void spring(RuleBuilder rule) {
		rule.libraryEntry("org.springframework.amqp.rabbit.core.RabbitTemplate", "send", "convertAndSend", "receive",
				"receiveAndConvert", "sendAndReceive", "convertSendAndReceive")
			.libraryEntry("org.springframework.jms.core.JmsTemplate", "send", "convertAndSend", "receive",
					"receiveAndConvert", "receiveSelected", "sendAndReceive", "browse");
	}

}
