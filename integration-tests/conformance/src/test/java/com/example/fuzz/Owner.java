package com.example.fuzz;

import java.util.Locale;

import io.github.loopguard.Origin;

/**
 * Whose classes the parts of a program are.
 */
enum Owner {

	APP("com.acme.shop.", Origin.APPLICATION),

	LIB("org.acme.lib.", Origin.LIBRARY),

	SPRING("org.springframework.acme.", Origin.FRAMEWORK);

	static final String WRITTEN = APP.prefix;

	private final String prefix;

	private final Origin origin;

	private final ClassLoader loader;

	Owner(String prefix, Origin origin) {
		this.prefix = prefix;
		this.origin = origin;
		this.loader = prefix.equals("com.acme.shop.") ? Owner.class.getClassLoader() : new TwinLoader(prefix);
	}

	static Owner of(String text) {
		return valueOf(text.toUpperCase(Locale.ROOT));
	}

	static Owner of(Class<?> type) {
		for (Owner owner : values()) {
			if (type.getName().startsWith(owner.prefix)) {
				return owner;
			}
		}
		throw new IllegalArgumentException(type.getName());
	}

	String prefix() {
		return this.prefix;
	}

	/**
	 * Returns where a call comes from whose first frame is of this owner, if there is no
	 * site.
	 */
	Origin origin() {
		return this.origin;
	}

	/**
	 * Returns its twin of a class.
	 */
	Class<?> twin(Class<?> written) {
		try {
			return Class.forName(name(written.getName()), true, this.loader);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String name(String written) {
		return this.prefix + written.substring(WRITTEN.length());
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
