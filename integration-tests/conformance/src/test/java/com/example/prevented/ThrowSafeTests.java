package com.example.prevented;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.example.prevented.ThrowSafeCalls.Call;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;
import reactor.blockhound.BlockingOperationError;
import reactor.core.scheduler.Schedulers;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.runtime.Loopguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Calls that are prevented leave nothing behind: what they used goes on to work
 * elsewhere.
 */
@SpringBootTest(classes = PreventedApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
class ThrowSafeTests {

	@TempDir
	static Path directory;

	private final FlaggedHooks flagged = new FlaggedHooks();

	private final Path file = directory.resolve("file.txt");

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		Catalog.shipped().rules().forEach((it) -> registry.add("loopguard.rules." + it.id() + ".action", () -> "fail"));
	}

	/**
	 * A class of the JDK's that is initialised by a call holds it back, rightly.
	 */
	@BeforeAll
	static void initialiseClassesOfTheJdks() throws Exception {
		Path warm = Files.writeString(directory.resolve("warm"), "warm");
		Files.delete(Files.copy(warm, directory.resolve("warm2")));
		Files.delete(warm);
		// The first name of a JVM has the resolver looked for in jars (18 and later).
		InetAddress.getByName("localhost");
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket socket = new Socket()) {
			socket.connect(server.getLocalSocketAddress());
		}
	}

	@BeforeEach
	void prepare() throws Exception {
		FileSystemUtils.deleteRecursively(directory.resolve("fresh"));
		Files.writeString(this.file, "0123456789");
		Loopguard.instance().ledger().clear();
	}

	@TestFactory
	Stream<DynamicTest> callsOfFilesArePreventedAndLeaveNoDescriptorAndNoFile() throws Exception {
		return ThrowSafeCalls.ofFiles(directory, this.file)
			.entrySet()
			.stream()
			.map((entry) -> DynamicTest.dynamicTest(entry.getKey(), () -> {
				prepare();
				long before = descriptorsOf(directory);
				assertPrevented(entry.getValue());
				assertThat(descriptorsOf(directory)).isEqualTo(before);
				assertThat(directory.toFile().list()).containsExactly("file.txt");
				assertThat(Files.readString(this.file)).isEqualTo("0123456789");
				assertThat(Files.getPosixFilePermissions(this.file)).isNotEmpty();
				assertThat(Files.getLastModifiedTime(this.file).toMillis()).isGreaterThan(1);
			}));
	}

	@Test
	void callsOfOpenFilesArePreventedAndTheFilesStayUsable() throws Exception {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.READ, StandardOpenOption.WRITE);
				RandomAccessFile random = new RandomAccessFile(this.file.toFile(), "rw");
				InputStream in = new FileInputStream(this.file.toFile());
				OutputStream out = new FileOutputStream(this.file.toFile(), true)) {
			for (Map.Entry<String, Call> call : ThrowSafeCalls.ofOpen(channel, random, in, out).entrySet()) {
				assertPrevented(call.getKey(), call.getValue());
				assertThat(channel.isOpen()).as(call.getKey()).isTrue();
				channel.lock().release();
				channel.tryLock().release();
				assertThat(channel.position()).as(call.getKey()).isZero();
				assertThat(channel.size()).as(call.getKey()).isEqualTo(10);
				assertThat(random.getFilePointer()).as(call.getKey()).isZero();
			}
			assertPrevented(() -> {
				random.getFD().sync();
				return null;
			});
			random.getFD().sync();
			ByteBuffer buffer = ByteBuffer.allocate(10);
			assertThat(channel.read(buffer)).isEqualTo(10);
			assertThat(random.readLine()).isEqualTo("0123456789");
			assertThat(new String(in.readAllBytes())).isEqualTo("0123456789");
			out.write('x');
			channel.write(ByteBuffer.wrap(new byte[] { 'y' }), 0);
			assertThat(Files.readString(this.file)).isEqualTo("y123456789x");
		}
	}

	@Test
	void callsOfAsynchronousFilesArePreventedAndTheFilesStayUsable() throws Exception {
		try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(this.file, StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			for (Map.Entry<String, Call> call : ThrowSafeCalls.ofOpen(channel).entrySet()) {
				assertPrevented(call.getKey(), call.getValue());
				channel.tryLock().release();
				assertThat(channel.size()).as(call.getKey()).isEqualTo(10);
			}
			channel.force(true);
			assertThat(Files.readString(this.file)).isEqualTo("0123456789");
		}
	}

	@Test
	void callsOfSocketsArePreventedAndTheSocketsStayUsable() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
				Socket connected = new Socket();
				DatagramSocket datagrams = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
			assertPreventedAndClosed(address);
			connected.connect(address);
			try (Socket accepted = server.accept()) {
				InputStream in = connected.getInputStream();
				assertPrevented(in::read);
				assertPrevented(in::readAllBytes);
				assertPrevented(() -> in.readNBytes(1));
				assertPrevented(() -> in.transferTo(OutputStream.nullOutputStream()));
				assertPrevented(() -> in.skip(1));
				assertPrevented(() -> {
					in.skipNBytes(1);
					return null;
				});
				OutputStream out = connected.getOutputStream();
				assertPrevented(() -> {
					out.write(1);
					return null;
				});
				assertPrevented(() -> {
					connected.sendUrgentData(1);
					return null;
				});
				out.write(7);
				assertThat(accepted.getInputStream().read()).isEqualTo(7);
				accepted.getOutputStream().write(8);
				assertThat(connected.getInputStream().read()).isEqualTo(8);
			}
			assertPrevented(server::accept);
			java.net.DatagramPacket packet = new java.net.DatagramPacket(new byte[1], 1);
			assertPrevented(() -> {
				datagrams.send(new java.net.DatagramPacket(new byte[] { 8 }, 1, datagrams.getLocalSocketAddress()));
				return null;
			});
			assertPrevented(() -> {
				datagrams.receive(packet);
				return null;
			});
			datagrams.send(new java.net.DatagramPacket(new byte[] { 9 }, 1, datagrams.getLocalSocketAddress()));
			datagrams.receive(packet);
			assertThat(packet.getData()).containsExactly(9);
		}
	}

	/**
	 * Whoever wrote this relies on the JDK, which closes a socket that fails to connect.
	 */
	@Test
	void socketThatIsPreventedFromConnectingIsClosed() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
			assertPreventedAndClosed(address);
			long before = sockets();
			List<Socket> open = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				open.add(assertPreventedAndClosed(address));
			}
			assertThat(sockets() - before).as(open.toString()).isLessThan(10);
		}
	}

	@Test
	void constructorThatConnectsLeavesNoDescriptor() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			long before = sockets();
			for (int i = 0; i < 20; i++) {
				onLoop(() -> {
					try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
						return socket.isConnected();
					}
				});
			}
			assertThat(sockets() - before).isLessThan(20);
		}
	}

	@Test
	void otherCallsArePreventedAndWorkElsewhere() throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		Path stored = directory.resolve("store.p12");
		try (OutputStream out = Files.newOutputStream(stored)) {
			store.store(out, "secret".toCharArray());
		}
		Process process = new ProcessBuilder("sleep", "30").start();
		try {
			Map<String, Call> calls = SystemCalls.with(stored, process);
			for (Map.Entry<String, Call> call : calls.entrySet()) {
				assertPrevented(call.getKey(), call.getValue());
			}
			try (InputStream in = Files.newInputStream(stored)) {
				assertPrevented(() -> {
					store.load(in, "secret".toCharArray());
					return null;
				});
			}
			try (InputStream in = Files.newInputStream(stored)) {
				store.load(in, "secret".toCharArray());
			}
			assertThat(store.size()).isZero();
			assertThat(process.isAlive()).isTrue();
			assertThat(new ProcessBuilder("true").start().waitFor()).isZero();
			assertThat(InetAddress.getByName("localhost").isLoopbackAddress()).isTrue();
		}
		finally {
			process.destroy();
			process.waitFor();
			Files.delete(stored);
		}
	}

	@Test
	void everyHookThatMayThrowHasACase() throws Throwable {
		for (DynamicTest call : callsOfFilesArePreventedAndLeaveNoDescriptorAndNoFile().toList()) {
			call.getExecutable().execute();
		}
		prepare();
		callsOfOpenFilesArePreventedAndTheFilesStayUsable();
		prepare();
		callsOfAsynchronousFilesArePreventedAndTheFilesStayUsable();
		callsOfSocketsArePreventedAndTheSocketsStayUsable();
		otherCallsArePreventedAndWorkElsewhere();
		assertThat(this.flagged.unproven()).isEmpty();
		assertThat(new FlaggedHooks().unproven()).contains("java.nio.file.Files#readString", "java.lang.System#gc");
	}

	private Socket assertPreventedAndClosed(InetSocketAddress address) throws Exception {
		Socket socket = new Socket();
		assertPrevented(() -> {
			socket.connect(address);
			return null;
		});
		assertThat(socket.isConnected()).isFalse();
		assertThatThrownBy(() -> socket.connect(address)).isInstanceOf(SocketException.class)
			.hasMessageContaining("closed");
		return socket;
	}

	private void assertPrevented(Call call) throws Exception {
		assertPrevented("the call", call);
	}

	private void assertPrevented(String name, Call call) throws Exception {
		Object result = onLoop(call);
		assertThat(result).as(name).isInstanceOf(BlockingOperationError.class);
		assertThat((Throwable) result).cause()
			.hasMessageStartingWith("Loopguard prevented ")
			.hasMessageContaining("bridge.call(...)");
		this.flagged.prevented((Throwable) result);
	}

	/**
	 * Runs a call on an event loop and returns its result or what it threw.
	 */
	private static Object onLoop(Call call) throws Exception {
		CompletableFuture<Object> result = new CompletableFuture<>();
		Schedulers.parallel().schedule(() -> {
			try {
				result.complete("result " + call.run());
			}
			catch (Throwable ex) {
				result.complete(ex);
			}
		});
		return result.get(30, TimeUnit.SECONDS);
	}

	private static long descriptorsOf(Path path) {
		return descriptors(path.toAbsolutePath().toString());
	}

	private static long sockets() {
		return descriptors("socket:");
	}

	private static long descriptors(String prefix) {
		File[] open = new File("/proc/self/fd").listFiles();
		assertThat(open).isNotNull();
		return Stream.of(open).filter((link) -> {
			try {
				return Files.readSymbolicLink(link.toPath()).toString().startsWith(prefix);
			}
			catch (java.io.IOException ex) {
				return false;
			}
		}).count();
	}

}
