package io.github.loopguard.detect.blockhound;

import java.util.Map;

import net.bytebuddy.jar.asm.Opcodes;

/**
 * Runs woven synchronized blocks, and prints what they throw.
 */
public final class LocksProgram {

	private LocksProgram() {
	}

	public static void main(String[] arguments) {
		for (Map.Entry<String, Locks.Ranges> block : Locks.BLOCKS.entrySet()) {
			try {
				new Locks(Locks.block(Opcodes.V17, block.getValue())).run(new Object());
			}
			catch (Throwable ex) {
				System.out.println(block.getKey() + ": " + ex.getClass().getName());
			}
		}
	}

}
