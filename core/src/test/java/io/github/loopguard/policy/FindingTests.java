package io.github.loopguard.policy;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Frame;
import io.github.loopguard.Origin;
import io.github.loopguard.ViolationKey;
import io.github.loopguard.policy.Finding.CallStack;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A copy of a finding differs in nothing but what it was made for.
 */
class FindingTests {

	private static final ViolationKey FORMER = new ViolationKey("file-read", "java.io.Reader.read",
			"com.acme.Cache#refresh");

	private final Frame site = Frame.of(new StackTraceElement("com.acme.Cache", "refresh", "Cache.java", 7));

	private final Finding finding = new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null,
			Origin.APPLICATION, this.site, this.site, FindingTests.class, true, CallStack.NONE, "loop-1", null, null,
			"org.lib.Files", List.of(FORMER), "it is annotated");

	@Test
	void anotherRequestChangesRouteAndTraceOnly() {
		assertThat(this.finding.withRequest("GET /caches", "4bf92f35"))
			.isEqualTo(new Finding("blockhound", "file-read", "java.nio.file.Files.readString", null,
					Origin.APPLICATION, this.site, this.site, FindingTests.class, true, CallStack.NONE, "loop-1",
					"GET /caches", "4bf92f35", "org.lib.Files", List.of(FORMER), "it is annotated"));
	}

}
