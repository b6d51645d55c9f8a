package com.example.optional;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.util.Set;

/**
 * Loads the client without the optional feature.
 */
public final class ReducedLoader extends ClassLoader {

	private static final Set<String> OWN = Set.of(Client.class.getName(), Supertype.class.getName(),
			AnyClient.class.getName());

	public ReducedLoader() {
		super(ReducedLoader.class.getClassLoader());
	}

	/**
	 * Returns a client.
	 */
	public Fetching client() throws ReflectiveOperationException {
		Constructor<?> constructor = loadClass(Client.class.getName()).getDeclaredConstructor();
		constructor.setAccessible(true);
		return (Fetching) constructor.newInstance();
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (name.equals(Feature.class.getName())) {
			throw new ClassNotFoundException(name);
		}
		if (!OWN.contains(name)) {
			return super.loadClass(name, resolve);
		}
		Class<?> loaded = findLoadedClass(name);
		return (loaded != null) ? loaded : define(name);
	}

	private Class<?> define(String name) {
		try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
			byte[] classfile = file.readAllBytes();
			return defineClass(name, classfile, 0, classfile.length);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
