package com.example.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Condition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every hook in a library exists in the version of the library that Spring Boot manages.
 * At run time a hook that does not fit goes unnoticed, because the library may be absent.
 */
class LibraryHooksTests {

	@Test
	void everyHookFits() {
		List<Hook> hooks = Catalog.shipped().hooks().stream().filter((hook) -> hook.availability().library()).toList();
		assertThat(hooks).hasSizeGreaterThan(500).allMatch(LibraryHooksTests::fits);
	}

	@Test
	void misspeltHookDoesNotFit() {
		assertThat(fits(Hook.marked("org.postgresql.jdbc.PgStatement", "executeQuary", null))).isFalse();
		assertThat(fits(Hook.marked("org.postgresql.jdbc.PgStatment", "executeQuery", null))).isFalse();
		assertThat(fits(Hook.marked("org.postgresql.jdbc.PgStatement", "executeQuery", null))).isTrue();
		assertThat(fits(Hook.marked("jakarta.mail.Authenticator", "<clinit>", null))).isFalse();
	}

	private static boolean fits(Hook hook) {
		try {
			Class<?> type = Class.forName(hook.className(), false, LibraryHooksTests.class.getClassLoader());
			return hook.methodName().equals("<clinit>") ? isInitialised(type)
					: Arrays.stream(type.getDeclaredMethods()).anyMatch((method) -> fits(method, hook));
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	/**
	 * Returns whether the class file names an initialiser, which reflection hides.
	 */
	private static boolean isInitialised(Class<?> type) {
		try (InputStream file = type.getResourceAsStream(type.getSimpleName() + ".class")) {
			return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1).contains("<clinit>");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean fits(Method method, Hook hook) {
		String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
			.toMethodDescriptorString();
		return method.getName().equals(hook.methodName())
				&& (method.getModifiers() & (Modifier.ABSTRACT | Modifier.NATIVE)) == 0
				&& (hook.descriptor() == null || hook.descriptor().equals(descriptor))
				&& (hook.condition() != Condition.POSITIVE_TIMEOUT || takesTimeout(method));
	}

	private static boolean takesTimeout(Method method) {
		return !Modifier.isStatic(method.getModifiers())
				&& Arrays.stream(method.getParameterTypes()).findFirst().filter(long.class::equals).isPresent();
	}

}
