package com.example.called;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import com.sun.tools.attach.VirtualMachine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.loopguard.Violation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One call is one occurrence however often it waits inside, and the calls of a loop are
 * as many as they are.
 */
class OneCallTests {

	private static final int CALLS = 3;

	private static final char[] PASSWORD = "password".toCharArray();

	@TempDir
	private Path directory;

	@BeforeAll
	static void install() {
		Loops.install();
	}

	@Test
	void listOfVirtualMachines() throws Exception {
		assertCalls("com.sun.tools.attach.VirtualMachine.list", VirtualMachine::list);
	}

	@Test
	void generationOfAKeyPair() throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(2048);
		assertCalls("java.security.KeyPairGenerator.generateKeyPair", generator::generateKeyPair);
	}

	@Test
	void waitingUntilAPoolIsQuiet() throws Exception {
		ForkJoinPool pool = new ForkJoinPool(1);
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		try {
			pool.execute(() -> {
				started.countDown();
				await(done);
			});
			started.await();
			assertCalls("java.util.concurrent.ForkJoinPool.awaitQuiescence",
					() -> pool.awaitQuiescence(30, TimeUnit.MILLISECONDS));
		}
		finally {
			done.countDown();
			pool.shutdown();
		}
	}

	@Test
	void waitingForWhatIsHandedOver() throws Exception {
		SynchronousQueue<Object> queue = new SynchronousQueue<>();
		assertCalls("java.util.concurrent.SynchronousQueue.poll", () -> {
			LockSupport.unpark(Thread.currentThread());
			return queue.poll(100, TimeUnit.MILLISECONDS);
		});
		LinkedTransferQueue<Object> transfers = new LinkedTransferQueue<>();
		assertCalls("java.util.concurrent.LinkedTransferQueue.poll", () -> {
			LockSupport.unpark(Thread.currentThread());
			return transfers.poll(100, TimeUnit.MILLISECONDS);
		});
	}

	@Test
	void waitingForAllTasks() throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(1);
		try {
			Callable<Object> task = () -> {
				Thread.sleep(3);
				return "done";
			};
			assertCalls("java.util.concurrent.AbstractExecutorService.invokeAll",
					() -> pool.invokeAll(List.of(task, task, task, task)));
		}
		finally {
			pool.shutdown();
		}
	}

	@Test
	void handshakeOfTls() throws Exception {
		KeyStore keys = keys();
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(keys, PASSWORD);
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(keys);
		SSLContext server = SSLContext.getInstance("TLS");
		server.init(own.getKeyManagers(), null, null);
		SSLContext client = SSLContext.getInstance("TLS");
		client.init(null, trusted.getTrustManagers(), null);
		ExecutorService accepting = Executors.newSingleThreadExecutor();
		try (SSLServerSocket listening = (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0)) {
			accepting.submit(() -> {
				for (int i = 0; i < 2 * CALLS; i++) {
					try (SSLSocket accepted = (SSLSocket) listening.accept()) {
						accepted.getInputStream().read();
					}
				}
				return null;
			});
			handshake(client, listening.getLocalPort());
			assertThat(Loops.violations(() -> {
				for (int i = 0; i < CALLS; i++) {
					handshake(client, listening.getLocalPort());
				}
				return null;
			})).filteredOn((it) -> it.api().equals("javax.net.ssl.SSLSocket.startHandshake"))
				.singleElement()
				.satisfies((violation) -> {
					assertThat(violation.rule()).isEqualTo("socket-read");
					assertThat(violation.count()).isEqualTo(CALLS);
				});
		}
		finally {
			accepting.shutdownNow();
		}
	}

	@Test
	void readingFromAnEmptyPipe() throws Exception {
		PipedOutputStream out = new PipedOutputStream();
		PipedInputStream in = new PipedInputStream(out);
		Thread writing = new Thread(() -> {
			try {
				Thread.sleep(Duration.ofMillis(2_100).toMillis());
				out.write(1);
				out.close();
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		writing.start();
		List<Violation> violations = Loops.violations(in::read);
		writing.join();
		assertThat(violations).allSatisfy((violation) -> assertThat(violation.count()).isEqualTo(1));
	}

	private KeyStore keys() throws Exception {
		Path file = this.directory.resolve("keys");
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		int status = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname",
				"CN=localhost", "-storetype", "PKCS12", "-storepass", String.valueOf(PASSWORD), "-keystore",
				file.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
		assertThat(status).isZero();
		return KeyStore.getInstance(file.toFile(), PASSWORD);
	}

	private static void handshake(SSLContext client, int port) throws IOException {
		try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", port)) {
			socket.startHandshake();
		}
	}

	private static void assertCalls(String api, Callable<?> call) throws Exception {
		call.call();
		assertThat(Loops.violation(() -> {
			for (int i = 0; i < CALLS; i++) {
				call.call();
			}
			return null;
		})).satisfies((violation) -> {
			assertThat(violation.api()).isEqualTo(api);
			assertThat(violation.count()).isEqualTo(CALLS);
			assertThat(violation.held().count()).isEqualTo(CALLS);
		});
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
