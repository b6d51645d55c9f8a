package io.github.loopguard.detect.annotation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

import io.github.loopguard.catalog.Hook;
import io.github.loopguard.detect.annotation.ClassOutline.Method;
import io.github.loopguard.detect.stack.ClassProfiles;
import io.github.loopguard.detect.stack.OwnClasses;

/**
 * Finds the methods of classes that are annotated as blocking, by themselves, by their
 * class, or by an interface that it implements, from class files alone.
 */
public final class AnnotatedClasses {

	private static final int LIMIT = 4_096;

	private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

	private static final String SUSPENDING = "Lkotlin/coroutines/Continuation;)Ljava/lang/Object;";

	private final AnnotatedTypes types;

	private final AnnotatedHooks hooks;

	AnnotatedClasses(AnnotatedHooks hooks, int limit) {
		this.hooks = hooks;
		this.types = new AnnotatedTypes(limit);
	}

	/**
	 * Creates the classes. What they need is loaded here, and not where an event loop
	 * defines a class.
	 * @param hooks receives their hooks
	 * @return the classes, none of them known yet
	 */
	public static AnnotatedClasses of(AnnotatedHooks hooks) {
		AnnotatedClasses others = new AnnotatedClasses(new AnnotatedHooks(0), LIMIT);
		ClassLoader loader = AnnotatedClasses.class.getClassLoader();
		WarmUp.classFiles()
			.forEach(
					(name, file) -> others.methods(new ClassReader(file), loader, name, null).forEach(String::valueOf));
		return new AnnotatedClasses(hooks, LIMIT);
	}

	/**
	 * Returns the hooks of the methods that were found.
	 * @return the hooks
	 */
	public AnnotatedHooks hooks() {
		return this.hooks;
	}

	/**
	 * Returns how many annotated classes and interfaces are beyond the limit.
	 * @return their number
	 */
	public int dropped() {
		return this.types.dropped();
	}

	/**
	 * Returns the methods to weave in a class that is defined or retransformed.
	 * @param reader its class file
	 * @param loader its loader
	 * @param className its internal name
	 * @param loaded the class if it is loaded already, or {@code null}; the JVM may leave
	 * annotations out of its class file
	 * @return the methods, empty for most classes
	 */
	public List<AnnotatedMethod> methods(ClassReader reader, ClassLoader loader, String className,
			@Nullable Class<?> loaded) {
		boolean annotated = Descriptors.areIn(reader);
		if (!annotated && this.types.isEmpty()) {
			return List.of();
		}
		String name = className.replace('/', '.');
		if (loader == PLATFORM || OwnClasses.isOwn(name)) {
			return List.of();
		}
		boolean proxy = ClassProfiles.isGenerated(name);
		TypeStatements known = (loaded != null) ? this.types.find(loaded) : null;
		TypeStatements inherited = (loaded != null) ? this.types.inherited(loaded, proxy)
				: this.types.inherited(loader, reader, proxy);
		if (!annotated && known == null && inherited.inherited().isEmpty()) {
			return List.of();
		}
		return methods(ClassOutline.of(reader), loader, name, (known != null) ? known : TypeStatements.NONE, inherited);
	}

	/**
	 * Notes what annotations say in the class file of a class that was loaded before.
	 * @param loaded the class
	 * @param compiled its class file
	 * @return whether it may have methods to weave
	 */
	public boolean isAnnotated(Class<?> loaded, byte[] compiled) {
		ClassReader reader = new ClassReader(compiled);
		return Descriptors.areIn(reader)
				&& !methods(reader, loaded.getClassLoader(), loaded.getName().replace('.', '/'), loaded).isEmpty();
	}

	/**
	 * Returns whether the file of a class is worth reading for annotations.
	 * @param type a loaded class
	 * @return whether it is neither of the JDK nor of Loopguard nor of a framework, which
	 * have none
	 */
	public static boolean mayBeAnnotated(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader != null && loader != PLATFORM && !type.isHidden() && !type.isArray()
				&& !OwnClasses.isOwn(type.getName()) && !ClassProfiles.isFramework(type.getName());
	}

	/**
	 * Returns the loaded classes that implement an annotated interface but were defined
	 * before it. To be called several times a second, off the event loops.
	 * @param loaded returns all loaded classes
	 * @return the classes to weave again
	 */
	public List<Class<?>> late(Supplier<Class<?>[]> loaded) {
		return this.types.late(loaded);
	}

	private List<AnnotatedMethod> methods(ClassOutline outline, ClassLoader loader, String className,
			TypeStatements known, TypeStatements inherited) {
		Map<String, Statement> declared = new HashMap<>(known.declared());
		outline.methods().forEach((method) -> {
			if (method.statement() != null) {
				declared.put(method.signature(), method.statement());
			}
		});
		Map<String, Statement> all = bridged(outline, declared, inherited.inherited());
		List<AnnotatedMethod> found = new ArrayList<>();
		for (Method method : outline.methods()) {
			Statement statement = all.get(method.signature());
			if (statement != null && statement.blocks()) {
				add(found, method, Hook.annotated(className, method.name(), statement.annotation()));
			}
		}
		TypeStatements statements = outline.isInterface() ? ofInterface(outline, className, declared, inherited)
				: inherited.declaring(declared);
		if (!statements.isEmpty()) {
			this.types.put(loader, className, statements, outline.isInterface());
		}
		return found;
	}

	/**
	 * Returns what is said about the methods of a class, with what they inherit. A bridge
	 * method and the one that it calls are one method for whoever wrote it.
	 */
	private static Map<String, Statement> bridged(ClassOutline outline, Map<String, Statement> declared,
			Map<String, Statement> inherited) {
		Map<String, Statement> all = new HashMap<>(declared);
		for (Method method : outline.methods()) {
			Statement statement = inherited.get(method.signature());
			if (statement != null && method.implementsOthers()) {
				all.putIfAbsent(method.signature(), statement);
				String target = outline.bridges().get(method.signature());
				if (target != null) {
					all.putIfAbsent(target, statement);
				}
			}
		}
		outline.bridges().forEach((bridge, target) -> {
			Statement statement = all.get(target);
			if (statement != null) {
				all.put(bridge, statement);
			}
		});
		return all;
	}

	private void add(List<AnnotatedMethod> found, Method method, Hook hook) {
		if (method.is(Opcodes.ACC_NATIVE)) {
			this.hooks.miss(hook, "a native method cannot be instrumented");
		}
		else if (method.descriptor().endsWith(SUSPENDING)) {
			this.hooks.miss(hook, "a suspend function goes on wherever it is resumed");
		}
		else if (!method.is(Opcodes.ACC_ABSTRACT)) {
			int id = this.hooks.id(hook);
			if (id >= 0) {
				found.add(new AnnotatedMethod(id, method.name(), method.descriptor()));
			}
		}
	}

	private static TypeStatements ofInterface(ClassOutline outline, String name, Map<String, Statement> declared,
			TypeStatements above) {
		Map<String, Statement> inherited = new HashMap<>(above.inherited());
		Set<String> interfaces = new HashSet<>(above.interfaces());
		for (Method method : outline.methods()) {
			Statement statement = declared.get(method.signature());
			if (statement != null && method.implementsOthers()) {
				inherited.put(method.signature(), statement);
				interfaces.add(name);
			}
		}
		return new TypeStatements(declared, inherited, interfaces);
	}

}
