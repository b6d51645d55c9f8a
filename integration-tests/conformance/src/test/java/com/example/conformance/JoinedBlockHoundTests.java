package com.example.conformance;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever BlockHound finds by itself, it finds with Loopguard on the class path, and
 * Loopguard records it.
 */
class JoinedBlockHoundTests {

	private static final String FLAG = "-XX:+AllowRedefinitionToAddDeleteMethods";

	/**
	 * Where threads race, what is found is a matter of luck: three JVMs may try.
	 */
	@Test
	void findsWhateverBareBlockHoundFinds() throws IOException, InterruptedException {
		Set<String> bare = new HashSet<>(foundByBareBlockHound());
		bare.removeAll(CoverageDocument.SOMETIMES_SEEN);
		assertThat(bare).hasSizeGreaterThan(20);
		Set<String> found = new HashSet<>();
		Set<String> recorded = new HashSet<>();
		for (int i = 0; i < 3 && !(found.containsAll(bare) && recorded.containsAll(bare)); i++) {
			BareBlockHound.Result joined = BareBlockHound.inAJvm(JoinedBlockHound.class,
					System.getProperty("java.class.path"));
			assertThat(joined.installed()).as(String.join("\n", joined.output())).isTrue();
			found.addAll(joined.found());
			recorded.addAll(joined.recorded());
		}
		assertThat(found).as("reported to the user's callback").containsAll(bare);
		assertThat(recorded).as("recorded by Loopguard").containsAll(bare);
	}

	/**
	 * Returns what the coverage page says, which another test holds to be true.
	 */
	private static Set<String> foundByBareBlockHound() throws IOException, InterruptedException {
		String jdk = String.valueOf(Runtime.version().feature());
		return CoverageDocument.JDKS.contains(jdk)
				? CoverageDocument.parse(CoverageDocument.read()).foundByBareBlockHound(jdk)
				: BareBlockHound.inAJvmOfItsOwn(FLAG).found();
	}

}
