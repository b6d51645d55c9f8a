package io.github.loopguard.report;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which files belong to which classes.
 */
class SourceFinderTests {

	private Repository repository;

	@BeforeEach
	void createRepository(@TempDir Path root) throws IOException {
		this.repository = Repository.create(root);
	}

	@Test
	void findsSourcesOfThisModuleAndOfOthersOnTheClassPath() {
		SourceFinder sources = this.repository.sources();
		assertThat(sources.module()).isEqualTo("web");
		assertThat(sources.find("com.acme.InvoiceController$Inner", "InvoiceController.java"))
			.isEqualTo("web/src/main/java/com/acme/InvoiceController.java");
		assertThat(sources.find("com.acme.InvoiceTests", null))
			.isEqualTo("web/src/test/java/com/acme/InvoiceTests.java");
		assertThat(sources.find("com.acme.Router", "Router.java")).isEqualTo("core/src/main/java/com/acme/Router.java");
	}

	@Test
	void findsKotlinWhereverItLies() throws IOException {
		this.repository.write("web/src/main/kotlin/order/Orders.kt", "package com.acme.order\n");
		this.repository.write("web/src/main/kotlin/other/Orders.kt", "package com.acme.other\n");
		assertThat(this.repository.sources().find("com.acme.order.OrdersKt", "Orders.kt"))
			.isEqualTo("web/src/main/kotlin/order/Orders.kt");
	}

	@Test
	void findsNothingForLibrariesAndGeneratedCode() {
		SourceFinder sources = this.repository.sources();
		assertThat(sources.find("reactor.core.publisher.Mono", "Mono.java")).isNull();
		assertThat(sources.find("com.acme.InvoiceController$$SpringCGLIB$$0", "<generated>")).isNull();
		assertThat(sources.find("com.acme.Evil", "../../../../etc/passwd")).isNull();
	}

}
