package com.example.conformance;

/**
 * Classes that pull in others when they are loaded.
 */
interface Lesson {

	abstract class Science implements Lesson {

	}

	class Chemistry extends Science implements Runnable {

		static final Science OTHER = new Physics();

		@Override
		public void run() {
			OTHER.hashCode();
		}

	}

	class Physics extends Science {

	}

}
