package io.github.loopguard.detect.annotation;

import java.util.List;
import java.util.Map;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.loopguard.Action;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Annotation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read from class files alone.
 */
class AnnotatedClassesTests {

	private static final String BLOCKING = "org.jetbrains.annotations.Blocking";

	private static final String NON_BLOCKING = "org.jetbrains.annotations.NonBlocking";

	private static final ClassLoader LOADER = AnnotatedClassesTests.class.getClassLoader();

	private final AnnotatedHooks hooks = new AnnotatedHooks(1_000, 3);

	private final AnnotatedClasses classes = new AnnotatedClasses(this.hooks, 3);

	@ParameterizedTest
	@ValueSource(
			strings = { BLOCKING, "io.smallrye.common.annotation.Blocking", "io.micronaut.core.annotation.Blocking" })
	void annotatedMethodHasAHook(String annotation) {
		ClassWriter type = type("com/acme/Dao", 0);
		method(type, Opcodes.ACC_PRIVATE, "find", annotation);
		method(type, Opcodes.ACC_PUBLIC, "other");
		assertThat(find(type, "com/acme/Dao")).containsExactly(new AnnotatedMethod(1_000, "find", "()V"));
		Hook hook = this.hooks.get(1_000);
		assertThat(hook.api()).isEqualTo("com.acme.Dao.find");
		assertThat(hook.annotation()).isEqualTo(new Annotation(annotation, "com.acme.Dao"));
		assertThat(hook.defaultActionOverride()).isEqualTo(Action.OBSERVE);
		assertThat(hook.reason()).isEqualTo("because it is marked @" + annotation);
	}

	@Test
	void classSpeaksForMethodsThatOthersCall() {
		ClassWriter type = type("com/acme/Dao", 0, BLOCKING);
		method(type, Opcodes.ACC_PUBLIC, "<init>", BLOCKING);
		method(type, Opcodes.ACC_STATIC, "<clinit>");
		method(type, 0, "find");
		method(type, Opcodes.ACC_PRIVATE, "secret");
		method(type, Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, "lambda$find$0");
		method(type, Opcodes.ACC_PUBLIC, "peek", NON_BLOCKING);
		assertThat(find(type, "com/acme/Dao")).extracting(AnnotatedMethod::name).containsExactly("find");
	}

	@Test
	void methodIsHeardBeforeItsClassAndTheClassBeforeAnInterface() {
		ClassWriter orders = type("com/acme/Orders", Opcodes.ACC_INTERFACE, BLOCKING);
		method(orders, Opcodes.ACC_ABSTRACT, "find");
		method(orders, Opcodes.ACC_ABSTRACT, "peek");
		assertThat(find(orders, "com/acme/Orders")).isEmpty();
		ClassWriter quick = type("com/acme/Quick", 0, NON_BLOCKING);
		method(quick, Opcodes.ACC_PUBLIC, "find", BLOCKING);
		method(quick, Opcodes.ACC_PUBLIC, "peek");
		assertThat(find(quick, "com/acme/Quick")).extracting(AnnotatedMethod::name).containsExactly("find");
	}

	@Test
	void whatIsAnnotatedAsBothDoesNotBlock() {
		ClassWriter type = type("com/acme/Dao", 0);
		method(type, 0, "one", BLOCKING, NON_BLOCKING);
		method(type, 0, "other", NON_BLOCKING, BLOCKING);
		assertThat(find(type, "com/acme/Dao")).isEmpty();
	}

	@Test
	void overridingMethodOfASubclassIsNotConcerned() {
		ClassWriter dao = type("com/acme/Dao", 0, BLOCKING);
		method(dao, 0, "find");
		assertThat(find(dao, "com/acme/Dao")).hasSize(1);
		assertThat(find(subclass("com/acme/SubDao"), "com/acme/SubDao")).isEmpty();
		assertThat(find(subclass("com/acme/Dao$$SpringCGLIB$$0"), "com/acme/Dao$$SpringCGLIB$$0")).hasSize(1);
		assertThat(this.hooks.get(1_001).api()).isEqualTo("com.acme.Dao.find");
	}

	@Test
	void staticMethodImplementsNothing() {
		ClassWriter orders = type("com/acme/Orders", Opcodes.ACC_INTERFACE);
		method(orders, Opcodes.ACC_ABSTRACT, "find", BLOCKING);
		find(orders, "com/acme/Orders");
		ClassWriter type = type("com/acme/Impl", 0);
		method(type, Opcodes.ACC_STATIC, "find");
		assertThat(find(type, "com/acme/Impl")).isEmpty();
	}

	@Test
	void classesOfLoopguardAreLeftAlone() {
		String name = "io/github/loopguard/Dao";
		ClassWriter type = type(name, 0, BLOCKING);
		method(type, 0, "find");
		assertThat(find(type, name)).isEmpty();
	}

	@Test
	void nativeMethodIsMissing() {
		ClassWriter type = type("com/acme/Dao", 0);
		type.visitMethod(Opcodes.ACC_NATIVE, "find", "()V", null, null)
			.visitAnnotation("L" + BLOCKING.replace('.', '/') + ";", false)
			.visitEnd();
		assertThat(find(type, "com/acme/Dao")).isEmpty();
		assertThat(this.hooks.missing())
			.containsExactly(Map.entry("com.acme.Dao#find", "a native method cannot be instrumented"));
	}

	@Test
	void suspendFunctionIsMissing() {
		ClassWriter type = type("com/acme/Dao", 0);
		type.visitMethod(0, "find", "(ILkotlin/coroutines/Continuation;)Ljava/lang/Object;", null, null)
			.visitAnnotation("L" + BLOCKING.replace('.', '/') + ";", false)
			.visitEnd();
		assertThat(find(type, "com/acme/Dao")).isEmpty();
		assertThat(this.hooks.missing())
			.containsExactly(Map.entry("com.acme.Dao#find", "a suspend function goes on wherever it is resumed"));
	}

	@Test
	void hooksAreLimitedAndTheOthersCounted() {
		ClassWriter type = type("com/acme/Dao", 0, BLOCKING);
		for (int i = 0; i < 5; i++) {
			method(type, 0, "find" + i);
		}
		assertThat(find(type, "com/acme/Dao")).extracting(AnnotatedMethod::name)
			.containsExactly("find0", "find1", "find2");
		assertThat(this.hooks.dropped()).isEqualTo(2);
		assertThat(this.hooks.missing()).containsOnlyKeys("com.acme.Dao#find3", "com.acme.Dao#find4");
		assertThat(this.hooks.all()).hasSize(3);
		assertThat(find(type, "com/acme/Dao")).as("when it is woven again").hasSize(3);
	}

	@Test
	void typesAreLimitedAndTheOthersCounted() {
		for (int i = 0; i < 5; i++) {
			ClassWriter orders = type("com/acme/Orders" + i, Opcodes.ACC_INTERFACE, BLOCKING);
			method(orders, Opcodes.ACC_ABSTRACT, "find");
			find(orders, "com/acme/Orders" + i);
		}
		assertThat(this.classes.dropped()).isEqualTo(2);
		assertThat(find(implementing("com/acme/Orders0"), "com/acme/Impl")).hasSize(1);
		assertThat(find(implementing("com/acme/Orders4"), "com/acme/Impl")).isEmpty();
	}

	private List<AnnotatedMethod> find(ClassWriter type, String name) {
		return this.classes.methods(new ClassReader(type.toByteArray()), LOADER, name, null);
	}

	private static ClassWriter implementing(String implemented) {
		ClassWriter type = new ClassWriter(0);
		type.visit(Opcodes.V17, 0, "com/acme/Impl", null, "java/lang/Object", new String[] { implemented });
		method(type, Opcodes.ACC_PUBLIC, "find");
		return type;
	}

	private static ClassWriter subclass(String name) {
		ClassWriter type = new ClassWriter(0);
		type.visit(Opcodes.V17, 0, name, null, "com/acme/Dao", null);
		method(type, Opcodes.ACC_PUBLIC, "find");
		return type;
	}

	private static ClassWriter type(String name, int access, String... annotations) {
		ClassWriter type = new ClassWriter(0);
		type.visit(Opcodes.V17, access, name, null, "java/lang/Object",
				name.endsWith("Quick") || name.endsWith("Impl") ? new String[] { "com/acme/Orders" } : null);
		for (String annotation : annotations) {
			type.visitAnnotation("L" + annotation.replace('.', '/') + ";", false).visitEnd();
		}
		return type;
	}

	private static void method(ClassWriter type, int access, String name, String... annotations) {
		MethodVisitor method = type.visitMethod(access, name, "()V", null, null);
		for (String annotation : annotations) {
			method.visitAnnotation("L" + annotation.replace('.', '/') + ";", true).visitEnd();
		}
		method.visitEnd();
	}

}
