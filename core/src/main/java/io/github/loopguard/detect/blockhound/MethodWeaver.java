package io.github.loopguard.detect.blockhound;

import java.util.List;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

import io.github.loopguard.catalog.Hook.Condition;
import io.github.loopguard.detect.blockhound.HookPlan.Weave;

/**
 * Puts enter and exit hooks around the body of a method. The exit is reported on normal
 * return and on exceptions.
 */
final class MethodWeaver extends BodyVisitor {

	private static final String FILE_INPUT_STREAM = "java/io/FileInputStream";

	private static final String FILE_DESCRIPTOR = "java/io/FileDescriptor";

	private static final String SOCKET_OPTION = "java/net/SocketOption";

	private static final String DURATION = "java/time/Duration";

	private static final String DECODER = "sun/nio/cs/StreamDecoder";

	private static final String BUFFER = "java/nio/ByteBuffer";

	private final String className;

	private final List<Weave> weaves;

	private final HookCalls calls;

	private final boolean framed;

	private final Label start = new Label();

	private final Label end = new Label();

	/**
	 * Creates a weaver.
	 * @param delegate receives the woven method
	 * @param className internal name of the class
	 * @param constructor whether the method is a constructor, whose hooks have no
	 * condition
	 * @param weaves its hooks
	 * @param calls how they report
	 * @param framed whether the class file has frames
	 */
	MethodWeaver(MethodVisitor delegate, String className, boolean constructor, List<Weave> weaves, HookCalls calls,
			boolean framed) {
		super(delegate, constructor);
		this.className = className;
		this.weaves = weaves;
		this.calls = calls;
		this.framed = framed;
	}

	@Override
	void begin() {
		this.weaves.stream().filter((weave) -> weave.condition() != Condition.ALWAYS).forEach(this::enterOnCondition);
		for (Weave weave : this.weaves) {
			if (weave.condition() == Condition.ALWAYS) {
				enter(weave);
			}
		}
		super.visitLabel(this.start);
	}

	@Override
	public void visitInsn(int opcode) {
		if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
			exit();
		}
		super.visitInsn(opcode);
	}

	@Override
	public void visitMaxs(int maxStack, int maxLocals) {
		if (this.weaves.stream().anyMatch(MethodWeaver::exits)) {
			super.visitLabel(this.end);
			super.visitTryCatchBlock(this.start, this.end, this.end, null);
			if (this.framed) {
				super.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] { "java/lang/Throwable" });
			}
			exit();
			super.visitInsn(Opcodes.ATHROW);
		}
		super.visitMaxs(checked(maxStack + 1 + HookCalls.STACK), maxLocals);
	}

	/**
	 * Enters the hook if its condition holds. The exit needs no condition, because exits
	 * of hooks that were not entered are ignored.
	 */
	private void enterOnCondition(Weave weave) {
		Label other = new Label();
		switch (weave.condition()) {
			case ALWAYS -> throw new IllegalArgumentException("no condition: " + weave);
			case STANDARD_INPUT -> skipUnlessStandardInput(other);
			case NAMED_FILE -> skipUnlessNamedFile(other);
			case LINGERING_SOCKET -> skipUnlessLingering(other, "java/net/SocketImpl");
			case LINGERING_CHANNEL -> skipUnlessLingering(other, "sun/nio/ch/SocketChannelImpl");
			case HOST_NAME -> skipUnlessHostName(other);
			case SYSTEM_CHANNEL -> skipUnlessSystemChannel(other);
			case POSITIVE_TIMEOUT -> skipUnlessTimeout(other);
			case POSITIVE_DURATION -> skipUnlessDuration(other);
			case UNBUFFERED -> skipUnlessUnbuffered(other);
		}
		this.calls.enter(this.mv, weave.id());
		super.visitLabel(other);
		frame();
		super.visitInsn(Opcodes.NOP);
	}

	private void skipUnlessStandardInput(Label other) {
		super.visitVarInsn(Opcodes.ALOAD, 0);
		super.visitFieldInsn(Opcodes.GETFIELD, FILE_INPUT_STREAM, "fd", "L" + FILE_DESCRIPTOR + ";");
		super.visitFieldInsn(Opcodes.GETSTATIC, FILE_DESCRIPTOR, "in", "L" + FILE_DESCRIPTOR + ";");
		super.visitJumpInsn(Opcodes.IF_ACMPNE, other);
	}

	private void skipUnlessNamedFile(Label other) {
		super.visitVarInsn(Opcodes.ALOAD, 0);
		super.visitFieldInsn(Opcodes.GETFIELD, FILE_INPUT_STREAM, "path", "Ljava/lang/String;");
		super.visitJumpInsn(Opcodes.IFNULL, other);
	}

	/**
	 * Skips if the option is not set, or cannot be asked for: the socket is closed, or
	 * none that connects. The JVM crashes if it is asked without a descriptor, which a
	 * socket lacks that nobody connected.
	 * @param owner class that declares the socket's descriptor
	 */
	private void skipUnlessLingering(Label other, String owner) {
		Label asking = new Label();
		Label asked = new Label();
		Label refused = new Label();
		Label enter = new Label();
		super.visitTryCatchBlock(asking, asked, refused, "java/lang/Exception");
		super.visitVarInsn(Opcodes.ALOAD, 0);
		super.visitFieldInsn(Opcodes.GETFIELD, owner, "fd", "L" + FILE_DESCRIPTOR + ";");
		super.visitJumpInsn(Opcodes.IFNULL, other);
		super.visitLabel(asking);
		super.visitVarInsn(Opcodes.ALOAD, 0);
		super.visitFieldInsn(Opcodes.GETFIELD, owner, "fd", "L" + FILE_DESCRIPTOR + ";");
		super.visitFieldInsn(Opcodes.GETSTATIC, "java/net/StandardSocketOptions", "SO_LINGER",
				"L" + SOCKET_OPTION + ";");
		super.visitMethodInsn(Opcodes.INVOKESTATIC, "sun/nio/ch/Net", "getSocketOption",
				"(L" + FILE_DESCRIPTOR + ";L" + SOCKET_OPTION + ";)Ljava/lang/Object;", false);
		super.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Integer");
		super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Integer", "intValue", "()I", false);
		super.visitJumpInsn(Opcodes.IFGT, enter);
		super.visitLabel(asked);
		super.visitJumpInsn(Opcodes.GOTO, other);
		super.visitLabel(refused);
		super.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] { "java/lang/Exception" });
		super.visitInsn(Opcodes.POP);
		super.visitJumpInsn(Opcodes.GOTO, other);
		super.visitLabel(enter);
		frame();
	}

	private void skipUnlessHostName(Label other) {
		super.visitVarInsn(Opcodes.ALOAD, 0);
		super.visitJumpInsn(Opcodes.IFNULL, other);
		super.visitVarInsn(Opcodes.ALOAD, 0);
		super.visitIntInsn(Opcodes.BIPUSH, ':');
		super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "indexOf", "(I)I", false);
		super.visitJumpInsn(Opcodes.IFGE, other);
	}

	private void skipUnlessSystemChannel(Label other) {
		super.visitVarInsn(Opcodes.ALOAD, 0);
		super.visitTypeInsn(Opcodes.INSTANCEOF, "java/nio/channels/SelectableChannel");
		super.visitVarInsn(Opcodes.ALOAD, 0);
		super.visitTypeInsn(Opcodes.INSTANCEOF, "java/nio/channels/FileChannel");
		super.visitInsn(Opcodes.IOR);
		super.visitJumpInsn(Opcodes.IFEQ, other);
	}

	private void skipUnlessTimeout(Label other) {
		super.visitVarInsn(Opcodes.LLOAD, 1);
		super.visitInsn(Opcodes.LCONST_0);
		super.visitInsn(Opcodes.LCMP);
		super.visitJumpInsn(Opcodes.IFLE, other);
	}

	private void skipUnlessDuration(Label other) {
		super.visitVarInsn(Opcodes.ALOAD, 1);
		super.visitFieldInsn(Opcodes.GETSTATIC, DURATION, "ZERO", "L" + DURATION + ";");
		super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, DURATION, "compareTo", "(L" + DURATION + ";)I", false);
		super.visitJumpInsn(Opcodes.IFLE, other);
	}

	/**
	 * Skips if the buffer of a decoder has more bytes than the characters to read can
	 * need in any charset, with its escape sequences.
	 */
	private void skipUnlessUnbuffered(Label other) {
		super.visitVarInsn(Opcodes.ALOAD, 0);
		super.visitFieldInsn(Opcodes.GETFIELD, DECODER, "bb", "L" + BUFFER + ";");
		super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUFFER, "remaining", "()I", false);
		super.visitInsn(Opcodes.ICONST_4);
		super.visitInsn(Opcodes.ISHR);
		super.visitVarInsn(Opcodes.ILOAD, 3);
		super.visitVarInsn(Opcodes.ILOAD, 2);
		super.visitInsn(Opcodes.ISUB);
		super.visitJumpInsn(Opcodes.IF_ICMPGE, other);
	}

	private void enter(Weave weave) {
		if (weave.ends()) {
			this.calls.exit(this.mv, weave.id());
		}
		else if (weave.undo() != null) {
			enterOrUndo(weave, weave.undo());
		}
		else {
			this.calls.enter(this.mv, weave.id());
		}
	}

	private void enterOrUndo(Weave weave, String undo) {
		Label entering = new Label();
		Label entered = new Label();
		Label prevented = new Label();
		Label body = new Label();
		super.visitTryCatchBlock(entering, entered, prevented, null);
		super.visitLabel(entering);
		this.calls.enter(this.mv, weave.id());
		super.visitLabel(entered);
		super.visitJumpInsn(Opcodes.GOTO, body);
		super.visitLabel(prevented);
		if (this.framed) {
			super.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] { "java/lang/Throwable" });
		}
		super.visitVarInsn(Opcodes.ALOAD, 0);
		super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.className, undo, "()V", false);
		super.visitInsn(Opcodes.ATHROW);
		super.visitLabel(body);
		frame();
		super.visitInsn(Opcodes.NOP);
	}

	private void exit() {
		for (int i = this.weaves.size() - 1; i >= 0; i--) {
			if (exits(this.weaves.get(i))) {
				this.calls.exit(this.mv, this.weaves.get(i).id());
			}
		}
	}

	private void frame() {
		if (this.framed) {
			super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
		}
	}

	private static boolean exits(Weave weave) {
		return weave.returns() && !weave.ends();
	}

}
