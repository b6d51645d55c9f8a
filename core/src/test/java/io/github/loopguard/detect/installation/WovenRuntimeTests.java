package io.github.loopguard.detect.installation;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WovenRuntimeTests {

	@Test
	void classOfBlockHoundGetsTwoMethods() throws IOException {
		byte[] woven = WovenRuntime.weave(classfile(WovenRuntime.NAME));
		assertThat(woven).isNotNull();
		assertThat(methods(woven)).contains("checkBlocking", WovenRuntime.ENTER, WovenRuntime.EXIT);
	}

	@Test
	void classWithoutWhatTheMethodsNeedIsLeftAlone() throws IOException {
		assertThat(WovenRuntime.weave(classfile(WovenRuntime.NAME + "$State"))).isNull();
	}

	private static List<String> methods(byte[] classfile) {
		List<String> methods = new ArrayList<>();
		new ClassReader(classfile).accept(new ClassVisitor(Opcodes.ASM9) {
			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				methods.add(name);
				return null;
			}
		}, 0);
		return methods;
	}

	private static byte[] classfile(String name) throws IOException {
		try (InputStream file = WovenRuntimeTests.class.getClassLoader().getResourceAsStream(name + ".class")) {
			return file.readAllBytes();
		}
	}

}
