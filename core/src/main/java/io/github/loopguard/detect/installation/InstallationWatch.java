package io.github.loopguard.detect.installation;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Makes BlockHound's builder tell when it is installed. Without it, Loopguard would know
 * neither what a user changes in his builder after the integrations, nor when to begin.
 */
public final class InstallationWatch implements ClassFileTransformer {

	private volatile boolean woven;

	private InstallationWatch() {
	}

	/**
	 * Starts to watch.
	 * @param instrumentation weaves the builder
	 * @param listener is notified
	 * @return whether this version of BlockHound can be watched
	 */
	public static boolean start(Instrumentation instrumentation, InstallationListener listener) {
		InstallationWatch watch = new InstallationWatch();
		instrumentation.addTransformer(watch, true);
		try {
			Class<?> builder = BlockHound.Builder.class;
			if (!isVisibleTo(builder.getClassLoader())) {
				return false;
			}
			InstallCalls.listener(listener);
			if (!watch.woven) {
				instrumentation.retransformClasses(builder);
			}
			return watch.woven;
		}
		catch (UnmodifiableClassException | LinkageError ex) {
			return false;
		}
	}

	@Override
	public byte @Nullable [] transform(@Nullable ClassLoader loader, @Nullable String className,
			@Nullable Class<?> classBeingRedefined, @Nullable ProtectionDomain protectionDomain, byte[] classfile) {
		if (!WovenBuilder.NAME.equals(className) || !isVisibleTo(loader)) {
			return null;
		}
		byte[] result = WovenBuilder.weave(classfile);
		this.woven |= result != null;
		return (result != classfile) ? result : null;
	}

	/**
	 * Weaves the builder before it is loaded, without an agent.
	 * @param blockHound BlockHound's class, which need not be initialized
	 * @param integration lets Loopguard join a builder that is about to be installed
	 * @return whether this version of BlockHound can be watched
	 * @throws IOException if the class file cannot be read
	 * @throws IllegalAccessException if BlockHound's package is not open
	 * @throws LinkageError if the builder is loaded already
	 */
	public static boolean startEarly(Class<?> blockHound, Supplier<BlockHoundIntegration> integration)
			throws IOException, IllegalAccessException {
		if (!isVisibleTo(blockHound.getClassLoader())) {
			return false;
		}
		// First, because another thread may install a builder as soon as it is defined.
		InstallCalls.integration(integration.get());
		return WovenBuilder.define(blockHound);
	}

	private static boolean isVisibleTo(@Nullable ClassLoader loader) {
		try {
			return Class.forName(InstallCalls.class.getName(), false, loader) == InstallCalls.class;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
