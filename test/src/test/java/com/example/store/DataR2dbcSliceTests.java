package com.example.store;

import com.example.slice.Kit;
import org.junit.jupiter.api.Test;

import io.github.loopguard.test.BlockingViolationError;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the slice for R2DBC goes with {@code @NonBlockingTest}.
 */
class DataR2dbcSliceTests {

	@Test
	void theDriverPassesAndWhatTheApplicationBlocksFails() {
		Kit kit = Kit.run(ArticlesCase.class);
		assertThat(kit.succeeded()).containsExactly("savesAndFinds()");
		assertThat(kit.failures()).containsOnlyKeys("savesAndReadsAFile()");
		assertThat(kit.failures().get("savesAndReadsAFile()")).isInstanceOf(BlockingViolationError.class)
			.hasMessageContaining("java.nio.file.Files.readString [file-read]")
			.hasMessageContaining("com.example.shop.Blocking.read");
		assertThat(kit.classFailures()).isEmpty();
	}

}
