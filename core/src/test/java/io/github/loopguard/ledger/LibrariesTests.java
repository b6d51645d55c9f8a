package io.github.loopguard.ledger;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

import io.github.loopguard.Library;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Libraries}.
 */
class LibrariesTests {

	@Test
	void readsArtifactAndVersionFromAJar() {
		assertThat(Libraries.ofLocation("file:/repo/acme-pdf-2.1.jar"))
			.isEqualTo(new Library("acme-pdf-2.1.jar", null, "acme-pdf", "2.1", null));
	}

	@Test
	void readsAJarWithinAnExecutableJar() {
		assertThat(Libraries.ofLocation("jar:nested:/app/shop.jar/!BOOT-INF/lib/h2-2.4.240.jar!/"))
			.isEqualTo(new Library("h2-2.4.240.jar", null, "h2", "2.4.240", null));
	}

	@Test
	void keepsQualifiersWithTheVersion() {
		Library library = Libraries.ofLocation("file:/repo/blockhound-1.0.17.RELEASE.jar");
		assertThat(library.artifactId()).isEqualTo("blockhound");
		assertThat(library.version()).isEqualTo("1.0.17.RELEASE");
		assertThat(Libraries.ofLocation("file:/repo/netty-transport-native-epoll-4.2.1-linux-x86_64.jar").artifactId())
			.isEqualTo("netty-transport-native-epoll");
	}

	@Test
	void knowsAJarWithoutAVersion() {
		assertThat(Libraries.ofLocation("file:/opt/driver.jar"))
			.isEqualTo(new Library("driver.jar", null, null, null, null));
	}

	@Test
	void directoriesAreNoLibraries() {
		assertThat(Libraries.ofLocation("file:/app/target/classes/")).isNull();
	}

	@Test
	void findsTheLibraryOfAClass() {
		Library library = Libraries.of(Assertions.class);
		assertThat(library).isNotNull();
		assertThat(library.artifactId()).isEqualTo("assertj-core");
		assertThat(Libraries.of(String.class)).isNull();
		assertThat(Libraries.of(null)).isNull();
	}

}
