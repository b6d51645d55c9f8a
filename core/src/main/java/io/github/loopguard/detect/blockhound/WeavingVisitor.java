package io.github.loopguard.detect.blockhound;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

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

	private final List<Weave> weaves;

	private final Map<String, CallSite> callSites;

	private final HookCalls calls;

	private final boolean framed;

	private final IntConsumer woven;

	private WeavingVisitor(ClassWriter writer, List<Weave> weaves, Map<String, CallSite> callSites, HookCalls calls,
			boolean framed, IntConsumer woven) {
		super(Opcodes.ASM9, writer);
		this.weaves = weaves;
		this.callSites = callSites;
		this.calls = calls;
		this.framed = framed;
		this.woven = woven;
	}

	/**
	 * Returns the class file with hooks.
	 * @param classfile the original class file
	 * @param weaves methods to weave
	 * @param callSites the native methods that the class may call, by key
	 * @param calls how hooks report
	 * @param woven receives the index of each hook that was woven
	 */
	static byte[] weave(byte[] classfile, List<Weave> weaves, Map<String, CallSite> callSites, HookCalls calls,
			IntConsumer woven) {
		ClassReader reader = new ClassReader(classfile);
		ClassWriter writer = new ClassWriter(reader, 0);
		reader.accept(new WeavingVisitor(writer, weaves, callSites, calls, reader.readUnsignedShort(6) >= Opcodes.V1_6, woven), 0);
		byte[] result = writer.toByteArray();
		callSites.values().forEach((site) -> woven.accept(site.id()));
		return result;
	}

	@Override
	public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
			String[] exceptions) {
		MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
		if ((access & WITHOUT_BODY) != 0) {
			return method;
		}
		boolean constructor = "<init>".equals(name);
		if (!this.callSites.isEmpty()) {
			method = new CallSiteWeaver(method, constructor, this.callSites, this.calls, this.framed);
		}
		List<Weave> matching = this.weaves.stream().filter((weave) -> weave.matches(name, descriptor)).toList();
		if (matching.isEmpty()) {
			return method;
		}
		matching.forEach((weave) -> this.woven.accept(weave.id()));
		return new MethodWeaver(method, constructor, matching, this.calls, this.framed);
	}

}
