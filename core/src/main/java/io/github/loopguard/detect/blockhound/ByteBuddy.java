package io.github.loopguard.detect.blockhound;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The Byte Buddy on the class path, which weaves all hooks.
 */
final class ByteBuddy {

	private static final String VERSION = "/META-INF/maven/net.bytebuddy/byte-buddy/pom.properties";

	private static final String SUFFICIENT = "1.17.5";

	private static final int SUFFICIENT_UNTIL = 25;

	private ByteBuddy() {
	}

	/**
	 * Checks that it can read the class files of this JDK.
	 * @throws DetectorUnavailableException if it cannot
	 */
	static void check() {
		try (InputStream classfile = Object.class.getResourceAsStream("Object.class")) {
			if (classfile != null) {
				new ClassReader(classfile.readAllBytes());
			}
		}
		catch (IllegalArgumentException ex) {
			int feature = Runtime.version().feature();
			String remedy = (feature <= SUFFICIENT_UNTIL) ? SUFFICIENT + " or later" : "one that supports it";
			throw new DetectorUnavailableException("Byte Buddy " + version()
					+ "on the class path cannot read the class files of Java " + feature
					+ "; use net.bytebuddy:byte-buddy " + remedy + " (property byte-buddy.version with Spring Boot)");
		}
		catch (IOException ex) {
			// Then it shows when classes are woven.
		}
	}

	private static String version() {
		Properties properties = new Properties();
		try (@Nullable
		InputStream stream = ClassReader.class.getResourceAsStream(VERSION)) {
			if (stream != null) {
				properties.load(stream);
			}
		}
		catch (IOException ex) {
			// The message does without.
		}
		return (properties.getProperty("version") != null) ? properties.getProperty("version") + " " : "";
	}

}
