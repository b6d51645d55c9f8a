package com.example.clients;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.ConnectionFactory;
import jakarta.jms.JMSException;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.stereotype.Component;

/**
 * Clients of message brokers.
 */
@Component
class MessagingCalls implements Calls, AutoCloseable {

	private final KafkaConsumer<String, String> consumer;

	private final KafkaConsumer<String, String> newConsumer;

	private final KafkaProducer<String, String> producer;

	private final ConnectionFactory rabbit = new ConnectionFactory();

	private final RabbitTemplate rabbitTemplate;

	private final org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory artemis;

	private final ActiveMQConnectionFactory activeMq;

	private final JmsTemplate jmsTemplate;

	MessagingCalls(SilentServer server) {
		this.consumer = consumer(server, "classic");
		this.newConsumer = consumer(server, "consumer");
		this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", server.address(), "max.block.ms", "300"),
				new StringSerializer(), new StringSerializer());
		this.rabbit.setHost("127.0.0.1");
		this.rabbit.setPort(server.port());
		this.rabbit.setHandshakeTimeout(SilentServer.PATIENCE);
		this.rabbitTemplate = new RabbitTemplate(new CachingConnectionFactory(this.rabbit));
		this.artemis = new org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory(
				"tcp://" + server.address() + "?callTimeout=300&callFailoverTimeout=300&reconnectAttempts=0"
						+ "&initialConnectAttempts=1&connect-timeout-millis=300");
		this.activeMq = new ActiveMQConnectionFactory("tcp://" + server.address()
				+ "?wireFormat.maxInactivityDuration=0&soTimeout=300&jms.connectResponseTimeout=300");
		this.jmsTemplate = new JmsTemplate(this.artemis);
	}

	@Waits(rule = "messaging", api = "org.apache.kafka.clients.consumer.KafkaConsumer.poll",
			line = "this.consumer.poll(", fix = "poll on a thread of its own")
	void kafkaPoll() {
		this.consumer.poll(Duration.ofMillis(SilentServer.PATIENCE));
	}

	@Waits(rule = "messaging", api = "org.apache.kafka.clients.consumer.KafkaConsumer.poll",
			line = "this.newConsumer.poll(", fix = "poll on a thread of its own")
	void kafkaPollOfNewProtocol() {
		this.newConsumer.poll(Duration.ofMillis(SilentServer.PATIENCE));
	}

	void kafkaPollWithoutWaiting() {
		this.consumer.poll(Duration.ZERO);
	}

	void kafkaPollOfNewProtocolWithoutWaiting() {
		this.newConsumer.poll(Duration.ZERO);
	}

	@Waits(rule = "messaging", api = "org.apache.kafka.clients.producer.KafkaProducer.send",
			line = "this.producer.send(", fix = "bridge.call")
	void kafkaSend() {
		this.producer.send(new ProducerRecord<>("orders", "one"));
	}

	@Waits(rule = "messaging", api = "com.rabbitmq.client.ConnectionFactory.newConnection",
			line = "this.rabbit.newConnection()", fix = "reactor-rabbitmq")
	void rabbitConnect() throws IOException, TimeoutException {
		this.rabbit.newConnection();
	}

	@Waits(rule = "messaging", api = "org.springframework.amqp.rabbit.core.RabbitTemplate.convertAndSend",
			line = "this.rabbitTemplate.convertAndSend(", fix = "reactor-rabbitmq")
	void rabbitTemplate() {
		this.rabbitTemplate.convertAndSend("orders", "one");
	}

	@Waits(rule = "messaging",
			api = "org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory.createConnection",
			line = "this.artemis.createConnection()", fix = "MessageListener")
	void artemisConnect() throws JMSException {
		this.artemis.createConnection();
	}

	@Waits(rule = "messaging", api = "org.apache.activemq.ActiveMQConnectionFactory.createContext",
			line = "this.activeMq.createContext()", fix = "MessageListener")
	void activeMqConnect() {
		this.activeMq.createContext();
	}

	@Waits(rule = "messaging", api = "org.springframework.jms.core.JmsTemplate.convertAndSend",
			line = "this.jmsTemplate.convertAndSend(", fix = "@JmsListener")
	void jmsTemplate() {
		this.jmsTemplate.convertAndSend("orders", "one");
	}

	@Override
	public void close() {
		this.consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
		this.newConsumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
		this.producer.close(Duration.ZERO);
		this.artemis.close();
	}

	private static KafkaConsumer<String, String> consumer(SilentServer server, String protocol) {
		KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", server.address(), "group.protocol", protocol, "group.id", protocol),
				new StringDeserializer(), new StringDeserializer());
		consumer.assign(List.of(new TopicPartition("orders", 0)));
		return consumer;
	}

}
