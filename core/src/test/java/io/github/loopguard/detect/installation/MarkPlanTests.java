package io.github.loopguard.detect.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MarkPlan}.
 */
class MarkPlanTests {

	private static final MarkPlan DEFAULTS = new MarkPlan(
			Objects.requireNonNull(BuilderTables.of(BlockHound.builder())).marks());

	/**
	 * A class of the JDK that is not known to call a marked native method would hide what
	 * BlockHound finds.
	 */
	@Test
	void everyCallerInTheJdkIsKnown() throws IOException {
		Set<String> unknown = new TreeSet<>();
		for (String module : List.of("java.base", "jdk.unsupported", "java.net.http")) {
			try (Stream<Path> files = Files
				.walk(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules", module))) {
				unknown.addAll(files.filter((file) -> file.toString().endsWith(".class"))
					.filter(MarkPlanTests::callsNative)
					.map((file) -> file.subpath(2, file.getNameCount()).toString().replaceAll("\\.class$", ""))
					.filter((name) -> !DEFAULTS.concerns(name))
					.collect(Collectors.toSet()));
			}
		}
		assertThat(unknown).isSubsetOf("java/lang/VirtualThread", "java/lang/ThreadBuilders$BoundVirtualThread");
	}

	@Test
	void methodThatIsNotNativeIsWovenItself() {
		assertThat(DEFAULTS.isMarked("java/net/Socket", "connect", "(Ljava/net/SocketAddress;)V")).isTrue();
		assertThat(DEFAULTS.isMarked("java/net/Socket", "connect", "(Ljava/net/SocketAddress;I)V")).isFalse();
	}

	@Test
	void privateNativeMethodIsWovenInItsClass() {
		MarkPlan plan = new MarkPlan(List.of(new Mark("java.io.FileInputStream", "open0", "(Ljava/lang/String;)V")));
		assertThat(plan.calls()).containsExactly("java/io/FileInputStream.open0(Ljava/lang/String;)V");
		assertThat(plan.concerns("java/io/FileInputStream")).isTrue();
		assertThat(plan.isCalledFromOutside()).isFalse();
	}

	@Test
	void publicNativeMethodIsWovenWhereverItIsCalled() {
		MarkPlan plan = new MarkPlan(List.of(new Mark("java.lang.Object", "notifyAll", "()V")));
		assertThat(plan.isCalledFromOutside()).isTrue();
	}

	@Test
	void markThatThisJdkDoesNotHaveIsSkipped() {
		MarkPlan plan = new MarkPlan(List.of(new Mark("java.lang.Thread", "sleepSoundly", "()V")));
		assertThat(plan.concerns("java/lang/Thread")).isFalse();
	}

	private static boolean callsNative(Path file) {
		try {
			byte[] classfile = Files.readAllBytes(file);
			ClassReader reader = new ClassReader(classfile);
			char[] buffer = new char[reader.getMaxStringLength()];
			for (int i = 1; i < reader.getItemCount(); i++) {
				int offset = reader.getItem(i);
				if (offset != 0 && classfile[offset - 1] == 10) {
					int nameAndType = reader.getItem(reader.readUnsignedShort(offset + 2));
					if (DEFAULTS.calls()
						.contains(MarkPlan.key(reader.readClass(offset, buffer), reader.readUTF8(nameAndType, buffer),
								reader.readUTF8(nameAndType + 2, buffer)))) {
						return true;
					}
				}
			}
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
