package com.example.called;

import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.github.loopguard.Violation;
import io.github.loopguard.ViolationKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call that was made by reflection or by a method handle is named as what it calls.
 */
class PassedOnTests {

	/** More calls than those after which JDK 17 generates a class for them. */
	private static final int CALLS = 20;

	private static final File FILE = new File("none");

	@BeforeAll
	static void install() {
		Loops.install();
	}

	@Test
	void callByMethodHandle() throws Exception {
		MethodHandle exists = MethodHandles.lookup()
			.findVirtual(File.class, "exists", MethodType.methodType(boolean.class));
		assertExists(Loops.violation(() -> repeat(() -> check(!(boolean) exists.invokeExact(FILE)))));
	}

	@Test
	void callByMethodHandleWithArguments() throws Exception {
		MethodHandle exists = MethodHandles.lookup()
			.findVirtual(File.class, "exists", MethodType.methodType(boolean.class));
		assertExists(Loops.violation(() -> repeat(() -> exists.invokeWithArguments(List.of(FILE)))));
	}

	@Test
	void callByReflection() throws Exception {
		Method exists = File.class.getMethod("exists");
		Violation violation = Loops.violation(() -> repeat(() -> exists.invoke(FILE)));
		assertExists(violation);
		assertThat(violation.formerKeys()).as("what Loopguard 0.1 knew it by")
			.contains(new ViolationKey("file-stat", "java.lang.reflect.Method.invoke", violation.key().at()));
	}

	@Test
	void callOfSomethingThatAsksForItsCaller() throws Exception {
		Method find = Class.class.getMethod("getResource", String.class);
		MethodHandle handle = MethodHandles.lookup().unreflect(find);
		assertThat(Loops.violation(() -> repeat(() -> {
			check(find.invoke(PassedOnTests.class, "none") == null);
			check((URL) handle.invokeExact(PassedOnTests.class, "none") == null);
		}))).satisfies((violation) -> {
			assertThat(violation.api()).isEqualTo("java.lang.Class.getResource");
			assertThat(violation.site()).isNotNull()
				.satisfies((site) -> assertThat(site.className()).isEqualTo(PassedOnTests.class.getName()));
			assertThat(violation.count()).isEqualTo(2 * CALLS);
		});
	}

	private static void assertExists(Violation violation) {
		assertThat(violation.rule()).isEqualTo("file-stat");
		assertThat(violation.api()).isEqualTo("java.io.File.exists");
		assertThat(violation.count()).isEqualTo(CALLS);
		assertThat(violation.site()).isNotNull()
			.satisfies((site) -> assertThat(site.className()).isEqualTo(PassedOnTests.class.getName()));
		assertThat(violation.offender()).isNotNull()
			.satisfies((offender) -> assertThat(offender.className()).isEqualTo(PassedOnTests.class.getName()));
	}

	/**
	 * Loads no class on the event loop, as an assertion might.
	 */
	private static void check(boolean expected) {
		if (!expected) {
			throw new IllegalStateException("The call does not work any more");
		}
	}

	private static Void repeat(Call call) throws Exception {
		try {
			for (int i = 0; i < CALLS; i++) {
				call.make();
			}
			return null;
		}
		catch (Exception ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface Call {

		void make() throws Throwable;

	}

}
