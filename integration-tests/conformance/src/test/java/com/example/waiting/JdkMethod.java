package com.example.waiting;

import java.util.List;

import org.springframework.asm.Opcodes;

/**
 * A method of the JDK, as its class file has it. There is one instance of each.
 *
 * @param owner internal name of the class
 * @param name name
 * @param descriptor descriptor
 * @param access access flags
 * @param calls what it calls
 */
record JdkMethod(String owner, String name, String descriptor, int access, List<Call> calls) {

	boolean isNative() {
		return is(Opcodes.ACC_NATIVE);
	}

	boolean isAbstract() {
		return is(Opcodes.ACC_ABSTRACT);
	}

	/**
	 * Returns whether no class can override it.
	 */
	boolean isFixed() {
		return is(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL);
	}

	boolean isStatic() {
		return is(Opcodes.ACC_STATIC);
	}

	/**
	 * Returns whether code of others may call it.
	 */
	boolean isOpen() {
		return is(Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED) && !is(Opcodes.ACC_SYNTHETIC);
	}

	/**
	 * Returns the name by which lists name it, such as {@code java.lang.Object#wait}.
	 */
	String id() {
		return this.owner.replace('/', '.') + "#" + this.name;
	}

	private boolean is(int flags) {
		return (this.access & flags) != 0;
	}

	@Override
	public boolean equals(Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

	@Override
	public String toString() {
		return id() + this.descriptor;
	}

	/**
	 * A call that a method makes.
	 *
	 * @param owner internal name of the class that the call names
	 * @param name name of the method
	 * @param descriptor its descriptor
	 * @param dynamic whether the receiver's class decides what runs
	 */
	record Call(String owner, String name, String descriptor, boolean dynamic) {

		String signature() {
			return this.name + this.descriptor;
		}

	}

}
