package com.example.driver;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverRecord;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;

/**
 * A topic of Kafka, over one producer and one consumer that all share.
 */
@Component
class Messages implements AutoCloseable {

	static final String TOPIC = "messages";

	private static final Duration TIME = Duration.ofSeconds(20);

	private final Map<String, Object> server;

	private final KafkaSender<String, String> sender;

	private final ConnectableFlux<ReceiverRecord<String, String>> arrived;

	private final Disposable receiving;

	Messages(EmbeddedKafkaBroker broker) {
		this.server = Map.of("bootstrap.servers", broker.getBrokersAsString());
		this.sender = KafkaSender.create(SenderOptions.<String, String>create(this.server)
			.withKeySerializer(new StringSerializer())
			.withValueSerializer(new StringSerializer()));
		// The first use of a sender creates its producer, on the thread that subscribes.
		this.sender.doOnProducer((producer) -> producer.partitionsFor(TOPIC)).block(TIME);
		this.arrived = KafkaReceiver
			.create(ReceiverOptions.<String, String>create(this.server)
				.withKeyDeserializer(new StringDeserializer())
				.withValueDeserializer(new StringDeserializer())
				.consumerProperty("group.id", "drivers")
				.consumerProperty("auto.offset.reset", "earliest")
				.subscription(List.of(TOPIC)))
			.receive()
			.doOnNext((message) -> message.receiverOffset().acknowledge())
			.publish();
		this.receiving = this.arrived.connect();
	}

	/**
	 * Sends messages and returns their values as they arrive.
	 * @param key what tells them from others
	 * @param count how many
	 * @return what arrived
	 */
	Flux<String> sendAndReceive(String key, int count) {
		Flux<SenderRecord<String, String, Integer>> messages = Flux.range(0, count)
			.map((number) -> SenderRecord.create(message(key, "n" + number), number));
		return Flux.merge(
				this.arrived.filter((message) -> key.equals(message.key())).map(ReceiverRecord::value).take(count),
				this.sender.send(messages).thenMany(Flux.empty()));
	}

	/**
	 * Creates a producer that knows nothing of the topic yet.
	 * @return the producer
	 */
	Producer<String, String> coldProducer() {
		return new KafkaProducer<>(this.server, new StringSerializer(), new StringSerializer());
	}

	static ProducerRecord<String, String> message(String key, String value) {
		return new ProducerRecord<>(TOPIC, key, value);
	}

	@Override
	public void close() {
		this.receiving.dispose();
		this.sender.close();
	}

}
