package io.github.loopguard.detect.annotation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook.Annotation;

/**
 * The methods of a class file, with what annotations say about them.
 */
final class ClassOutline extends ClassVisitor {

	private static final int WITHOUT_METHODS = Opcodes.ACC_ANNOTATION | Opcodes.ACC_MODULE;

	private final List<Method> methods = new ArrayList<>();

	private final Map<String, String> bridges = new HashMap<>();

	private String className = "";

	private int access;

	private @Nullable Statement ofClass;

	private ClassOutline() {
		super(Opcodes.ASM9);
	}

	static ClassOutline of(ClassReader reader) {
		ClassOutline outline = new ClassOutline();
		reader.accept(outline, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
		return outline;
	}

	boolean isInterface() {
		return (this.access & Opcodes.ACC_INTERFACE) != 0;
	}

	/**
	 * Returns the methods, without constructors and initialisers.
	 */
	List<Method> methods() {
		return this.methods;
	}

	/**
	 * Returns the methods that bridge methods call, by the signature of these.
	 */
	Map<String, String> bridges() {
		return this.bridges;
	}

	@Override
	public void visit(int version, int access, String name, @Nullable String signature, @Nullable String superName,
			String @Nullable [] interfaces) {
		this.className = name.replace('/', '.');
		this.access = access;
	}

	@Override
	public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
		this.ofClass = read(this.ofClass, descriptor);
		return null;
	}

	@Override
	public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
			String @Nullable [] exceptions) {
		if (name.startsWith("<") || (this.access & WITHOUT_METHODS) != 0) {
			return null;
		}
		return new MethodOutline(access, name, descriptor);
	}

	/**
	 * Reads an annotation. Code that is annotated as both does not block.
	 */
	private @Nullable Statement read(@Nullable Statement known, String descriptor) {
		String name = Descriptors.name(descriptor);
		if (name == null || (known != null && !known.blocks())) {
			return known;
		}
		return new Statement(Catalog.annotations().getOrDefault(name, false), new Annotation(name, this.className));
	}

	/**
	 * A method.
	 *
	 * @param access its access flags
	 * @param name its name
	 * @param descriptor its descriptor
	 * @param statement what it says, or its class for it; {@code null} if nothing does
	 */
	record Method(int access, String name, String descriptor, @Nullable Statement statement) {

		private static final int NOT_INHERITED = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC;

		String signature() {
			return this.name + this.descriptor;
		}

		boolean is(int flag) {
			return (this.access & flag) != 0;
		}

		boolean implementsOthers() {
			return !is(NOT_INHERITED);
		}

		/**
		 * Returns whether the class speaks for the method. Private methods are called by
		 * the class alone, and those of {@link Object} by everybody.
		 */
		boolean isOfClass() {
			return !is(Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)
					&& !"toString()Ljava/lang/String;".equals(signature()) && !"hashCode()I".equals(signature())
					&& !"equals(Ljava/lang/Object;)Z".equals(signature());
		}

	}

	/**
	 * Reads a method; of its code only which method a bridge calls.
	 */
	private final class MethodOutline extends MethodVisitor {

		private final int access;

		private final String name;

		private final String descriptor;

		private @Nullable Statement own;

		MethodOutline(int access, String name, String descriptor) {
			super(Opcodes.ASM9);
			this.access = access;
			this.name = name;
			this.descriptor = descriptor;
		}

		@Override
		public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
			this.own = read(this.own, descriptor);
			return null;
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			if ((this.access & Opcodes.ACC_BRIDGE) != 0 && name.equals(this.name)
					&& owner.replace('/', '.').equals(ClassOutline.this.className)) {
				ClassOutline.this.bridges.put(this.name + this.descriptor, name + descriptor);
			}
		}

		@Override
		public void visitEnd() {
			Method method = new Method(this.access, this.name, this.descriptor, this.own);
			Statement statement = (this.own == null && method.isOfClass()) ? ClassOutline.this.ofClass : this.own;
			ClassOutline.this.methods.add(new Method(this.access, this.name, this.descriptor, statement));
		}

	}

}
