package com.example.fuzz;

/**
 * Initialises a class as often as it is asked to, each time another copy of it.
 */
public final class FreshClass {

	private static final ThreadLocal<Code> CODE = new ThreadLocal<>();

	private FreshClass() {
	}

	public static void initialise(Class<?> type, Code code) {
		try {
			Class<?> fresh = new TwinLoader(Owner.of(type).prefix()).loadClass(type.getName(), false);
			CODE.set(code);
			Class.forName(fresh.getName(), true, fresh.getClassLoader());
		}
		catch (ExceptionInInitializerError ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads the class file of each owner, so that no program has to.
	 */
	static void read(String simpleName) throws ClassNotFoundException {
		for (Owner owner : Owner.values()) {
			new TwinLoader(owner.prefix()).loadClass(owner.prefix() + simpleName);
		}
	}

	public static Code code() {
		Code code = CODE.get();
		CODE.remove();
		return code;
	}

}
