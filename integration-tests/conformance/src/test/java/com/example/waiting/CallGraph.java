package com.example.waiting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.example.waiting.JdkMethod.Call;
import org.jspecify.annotations.Nullable;

/**
 * What methods of the JDK call. A call whose receiver decides what runs leads to the
 * method that it names and to what overrides it in the same package, or in the packages
 * that implement it; a call of a type that code of others implements, such as
 * {@code Runnable} or {@code InputStream}, leads only to the method that it names. Class
 * initialisers are left out: they run once.
 */
final class CallGraph {

	/** Name of the call by which a privileged action is made. */
	static final String PRIVILEGED = "<privileged>";

	private static final Set<String> PRIVILEGED_ACTIONS = Set.of("java/security/PrivilegedAction",
			"java/security/PrivilegedExceptionAction");

	private final Map<String, JdkClass> classes = new HashMap<>();

	private final Map<String, List<String>> subtypes = new HashMap<>();

	private final Dispatch dispatch;

	/**
	 * Reads the class files of modules of the running JDK.
	 */
	CallGraph(Collection<String> modules, Dispatch dispatch) {
		this.dispatch = dispatch;
		FileSystem image = FileSystems.getFileSystem(URI.create("jrt:/"));
		modules.stream().filter((it) -> ModuleLayer.boot().findModule(it).isPresent()).forEach((module) -> {
			try (Stream<Path> files = Files.walk(image.getPath("modules", module))) {
				files.filter((file) -> file.toString().endsWith(".class"))
					.filter((file) -> !file.endsWith("module-info.class"))
					.map(CallGraph::read)
					.forEach((type) -> this.classes.put(type.name(), type));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		this.classes.values()
			.forEach((type) -> type.supertypes()
				.forEach((it) -> this.subtypes.computeIfAbsent(it, (key) -> new ArrayList<>()).add(type.name())));
	}

	/**
	 * Returns the methods that code of others may call in the exported packages of a
	 * module.
	 */
	List<JdkMethod> api(String module) {
		Set<String> exported = new HashSet<>();
		ModuleDescriptor descriptor = ModuleLayer.boot().findModule(module).orElseThrow().getDescriptor();
		descriptor.exports()
			.stream()
			.filter((export) -> !export.isQualified())
			.forEach((export) -> exported.add(export.source().replace('.', '/')));
		return this.classes.values()
			.stream()
			.filter((type) -> exported.contains(type.packageName()) && isReachable(type))
			.flatMap((type) -> type.methods().values().stream())
			.filter((method) -> method.isOpen() && !"<clinit>".equals(method.name()))
			.toList();
	}

	private boolean isReachable(JdkClass type) {
		int dollar = type.name().lastIndexOf('$');
		JdkClass outer = (dollar < 0) ? null : this.classes.get(type.name().substring(0, dollar));
		return type.isOpen() && (outer == null || isReachable(outer));
	}

	/**
	 * Returns the methods that a method may run next.
	 */
	Set<JdkMethod> next(JdkMethod method) {
		Set<JdkMethod> next = new LinkedHashSet<>();
		for (Call call : method.calls()) {
			if (call.name().equals(PRIVILEGED)) {
				privileged(call.owner(), next);
			}
			else {
				targets(call, next);
			}
		}
		return next;
	}

	/**
	 * Returns the methods that the calls of a method name.
	 */
	Stream<JdkMethod> named(JdkMethod method) {
		return method.calls().stream().map((call) -> find(call.owner(), call.signature())).filter(Objects::nonNull);
	}

	/**
	 * Returns what runs when a method of the API is called: itself, or what implements
	 * it.
	 */
	Set<JdkMethod> implementations(JdkMethod method) {
		Set<JdkMethod> targets = new LinkedHashSet<>();
		targets(new Call(method.owner(), method.name(), method.descriptor(), !method.isStatic()), targets);
		return targets;
	}

	private void targets(Call call, Set<JdkMethod> targets) {
		JdkMethod named = find(call.owner(), call.signature());
		if (named == null) {
			return;
		}
		if (!named.isAbstract()) {
			targets.add(named);
		}
		if (call.dynamic() && !named.isFixed() && !this.dispatch.isOthers(call.owner())) {
			overriding(call.owner(), call, targets, new HashSet<>());
		}
	}

	private void overriding(String type, Call call, Set<JdkMethod> targets, Set<String> seen) {
		for (String subtype : this.subtypes.getOrDefault(type, List.of())) {
			if (seen.add(subtype)) {
				if (this.dispatch.implementsPackage(JdkClass.packageOf(call.owner()), subtype)) {
					JdkMethod run = find(subtype, call.signature());
					if (run != null && !run.isAbstract()) {
						targets.add(run);
					}
				}
				overriding(subtype, call, targets, seen);
			}
		}
	}

	private void privileged(String type, Set<JdkMethod> targets) {
		JdkClass action = this.classes.get(type);
		if (action != null && action.supertypes().stream().anyMatch(PRIVILEGED_ACTIONS::contains)) {
			action.methods().values().stream().filter((method) -> "run".equals(method.name())).forEach(targets::add);
		}
	}

	private @Nullable JdkMethod find(String type, String signature) {
		JdkClass declaring = this.classes.get(type);
		if (declaring == null) {
			return null;
		}
		JdkMethod declared = declaring.methods().get(signature);
		if (declared != null) {
			return declared;
		}
		JdkMethod inherited = null;
		for (String supertype : declaring.supertypes()) {
			JdkMethod found = find(supertype, signature);
			if (found != null && (inherited == null || inherited.isAbstract())) {
				inherited = found;
			}
		}
		return inherited;
	}

	private static JdkClass read(Path file) {
		try {
			return JdkClass.read(Files.readAllBytes(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
