package com.example.bench.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import reactor.blockhound.BlockHound;

/**
 * A server that never blocks. Watched by Loopguard where that is on the class path, else
 * by BlockHound as it comes.
 */
@SpringBootApplication
public class ItemServer {

	/**
	 * What the server prints before the number of its port.
	 */
	public static final String PORT = "port ";

	/**
	 * Starts the server.
	 * @param args arguments for Spring
	 */
	public static void main(String[] args) {
		if (ItemServer.class.getResource("/io/github/loopguard/Loopguard.class") == null) {
			BlockHound.install();
		}
		SpringApplication.run(ItemServer.class, args);
	}

	@EventListener
	void started(WebServerInitializedEvent event) {
		System.out.println(PORT + event.getWebServer().getPort());
	}

}
