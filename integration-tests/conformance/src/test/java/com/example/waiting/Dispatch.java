package com.example.waiting;

/**
 * Which classes may stand behind a call whose receiver decides what runs.
 */
final class Dispatch {

	private final ReasonList others = ReasonList.read("types-of-others.txt");

	private final ReasonList implementing = ReasonList.read("implementing-packages.txt");

	/**
	 * Returns whether code of others implements a type.
	 */
	boolean isOthers(String type) {
		return this.others.reason(type.replace('/', '.')) != null;
	}

	/**
	 * Returns whether a class belongs to what implements the types of a package.
	 */
	boolean implementsPackage(String packageName, String type) {
		String own = JdkClass.packageOf(type);
		return own.equals(packageName) || this.implementing.reason((packageName + ":" + own).replace('/', '.')) != null;
	}

	ReasonList others() {
		return this.others;
	}

	ReasonList implementing() {
		return this.implementing;
	}

}
