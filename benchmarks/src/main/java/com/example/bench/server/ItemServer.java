package com.example.bench.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.util.ClassUtils;
import reactor.blockhound.BlockHound;

/**
 * A server that never blocks. Watched by Loopguard where that is on the class path, else
 * by BlockHound as it comes, unless nothing is to watch it.
 */
@SpringBootApplication
public class ItemServer {

	/**
	 * What the server prints before the number of its port.
	 */
	public static final String PORT = "port ";

	/**
	 * System property that keeps BlockHound from being installed.
	 */
	public static final String ALONE = "bench.alone";

	/**
	 * Starts the server.
	 * @param args arguments for Spring
	 */
	public static void main(String[] args) {
		if (!isWatchedByLoopguard() && !Boolean.getBoolean(ALONE)) {
			BlockHound.install();
		}
		SpringApplication.run(ItemServer.class, args);
	}

	static boolean isWatchedByLoopguard() {
		return ClassUtils.isPresent("io.github.loopguard.runtime.Loopguard", ItemServer.class.getClassLoader());
	}

	@EventListener
	void started(WebServerInitializedEvent event) {
		System.out.println(PORT + event.getWebServer().getPort());
	}

}
