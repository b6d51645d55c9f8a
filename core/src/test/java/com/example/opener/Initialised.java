package com.example.opener;

/**
 * Classes that run something while they are initialised.
 */
public final class Initialised {

	private static volatile Runnable task = () -> {
	};

	private Initialised() {
	}

	/**
	 * Initialises one of the classes by its name.
	 * @param type the class
	 * @param loading what happens while it is loaded
	 * @param initialising what happens while it is initialised
	 */
	public static void byName(Class<?> type, Runnable loading, Runnable initialising) {
		task = initialising;
		try {
			Class.forName(type.getName(), true, new Loader(loading));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Runs something while it finds a class.
	 */
	private static final class Loader extends ClassLoader {

		private final Runnable loading;

		private Loader(Runnable loading) {
			super(Initialised.class.getClassLoader());
			this.loading = loading;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			this.loading.run();
			return super.loadClass(name, resolve);
		}

	}

	/** Is initialised once. */
	public static final class First {

		static {
			task.run();
		}

	}

	/** Is initialised once. */
	public static final class Second {

		static {
			task.run();
		}

	}

	/** Is initialised once. */
	public static final class Third {

		static {
			task.run();
		}

	}

	/** Is initialised once. */
	public static final class Fourth {

		static {
			task.run();
		}

	}

}
