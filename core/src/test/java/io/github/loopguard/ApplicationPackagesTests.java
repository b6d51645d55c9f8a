package io.github.loopguard;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ApplicationPackages}.
 */
class ApplicationPackagesTests {

	@Test
	void containClassesOfThePackageAndItsSubpackages() {
		ApplicationPackages packages = ApplicationPackages.of(List.of("com.acme.shop"));
		assertThat(packages.contain("com.acme.shop.Shop")).isTrue();
		assertThat(packages.contain("com.acme.shop.Shop$Line")).isTrue();
		assertThat(packages.contain("com.acme.shop.invoice.Invoices")).isTrue();
	}

	@Test
	void doNotContainNeighboursOrParents() {
		ApplicationPackages packages = ApplicationPackages.of(List.of("com.acme.shop"));
		assertThat(packages.contain("com.acme.shopping.Cart")).isFalse();
		assertThat(packages.contain("com.acme.Main")).isFalse();
		assertThat(packages.contain("com.acme.shop")).as("a class of that name").isFalse();
		assertThat(packages.contain("Main")).isFalse();
	}

	@Test
	void unnamedPackageContainsOnlyItsOwnClasses() {
		ApplicationPackages packages = ApplicationPackages.ofClass("Main");
		assertThat(packages.contain("Main")).isTrue();
		assertThat(packages.contain("com.acme.Main")).isFalse();
	}

	@Test
	void combine() {
		ApplicationPackages packages = ApplicationPackages.ofClass("com.acme.Main")
			.and(ApplicationPackages.ofClass("org.other.Main"));
		assertThat(packages.names()).containsExactlyInAnyOrder("com.acme", "org.other");
		assertThat(ApplicationPackages.NONE.contain("com.acme.Main")).isFalse();
	}

}
