package io.github.loopguard.detect.blockhound;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

import io.github.loopguard.detect.blockhound.HookPlan.CallSite;
import io.github.loopguard.detect.blockhound.HookPlan.Weave;

/**
 * Weaves hooks into the methods of one class and around its calls of native methods.
 */
final class WeavingVisitor extends ClassVisitor {

	static final int WITHOUT_BODY = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

	private static final int STRING = 1;

	private static final byte[] FRAMES = "StackMapTable".getBytes(StandardCharsets.US_ASCII);

	private final List<Weave> weaves;

	private final Map<String, CallSite> callSites;

	/**
	 * The methods that call these, by name and descriptor; others are left as they are.
	 */
	private final Set<String> callers;

	private final HookCalls calls;

	private final boolean framed;

	private final IntConsumer woven;

	private String className = "";

	private WeavingVisitor(ClassReader reader, ClassWriter writer, List<Weave> weaves, Map<String, CallSite> callSites,
			HookCalls calls, IntConsumer woven) {
		super(Opcodes.ASM9, writer);
		this.weaves = weaves;
		this.callSites = callSites;
		this.callers = NativeCalls.callers(reader, callSites.keySet());
		this.calls = calls;
		this.framed = hasFrames(reader);
		this.woven = woven;
	}

	/**
	 * Returns the class file with hooks.
	 * @param classfile the original class file
	 * @param weaves methods to weave
	 * @param callSites the native methods that the class may call, by key
	 * @param calls how hooks report
	 * @param woven receives the index of each hook that was woven
	 * @throws IllegalStateException if the class would not verify
	 */
	static byte[] weave(byte[] classfile, List<Weave> weaves, Map<String, CallSite> callSites, HookCalls calls,
			IntConsumer woven) {
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		reader.accept(new WeavingVisitor(reader, writer, weaves, callSites, calls, woven), 0);
		byte[] result = writer.toByteArray();
		callSites.values().forEach((site) -> woven.accept(site.id()));
		return result;
	}

	@Override
	public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
		this.className = name;
		super.visit(version, access, name, signature, superName, interfaces);
	}

	@Override
	public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
			String[] exceptions) {
		MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
		if ((access & WITHOUT_BODY) != 0) {
			return method;
		}
		boolean constructor = "<init>".equals(name);
		if (this.callers.contains(name + descriptor)) {
			method = new CallSiteWeaver(method, constructor, this.callSites, this.calls, this.framed);
		}
		List<Weave> matching = this.weaves.stream().filter((weave) -> weave.matches(name, descriptor)).toList();
		if (matching.isEmpty()) {
			return method;
		}
		matching.forEach((weave) -> this.woven.accept(weave.id()));
		return new MethodWeaver(method, this.className, constructor, matching, this.calls, this.framed);
	}

	/**
	 * Returns whether a class is verified by its frames. Those of Java 6 need not have
	 * any.
	 */
	private static boolean hasFrames(ClassReader reader) {
		int version = reader.readUnsignedShort(6);
		return version > Opcodes.V1_6 || (version == Opcodes.V1_6 && IntStream.range(1, reader.getItemCount())
			.anyMatch((index) -> isFrames(reader, reader.getItem(index))));
	}

	private static boolean isFrames(ClassReader reader, int item) {
		return item > 0 && reader.readByte(item - 1) == STRING && reader.readUnsignedShort(item) == FRAMES.length
				&& IntStream.range(0, FRAMES.length).allMatch((i) -> reader.readByte(item + 2 + i) == FRAMES[i]);
	}

}
