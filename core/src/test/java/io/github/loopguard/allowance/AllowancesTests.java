package io.github.loopguard.allowance;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.loopguard.allowance.Allowance.Category;

import static org.assertj.core.api.Assertions.assertThat;

class AllowancesTests {

	@Test
	void nettyIsAllowedTheSameWhereALibraryHasRelocatedIt() {
		Allowances shipped = Allowances.shipped();
		String className = "io.grpc.netty.shaded.io.netty.channel.DefaultChannelId";
		assertThat(shipped.concern(className)).isTrue();
		assertThat(shipped.find(className, "<clinit>")).isNotNull()
			.isEqualTo(shipped.find("io.netty.channel.DefaultChannelId", "<clinit>"));
		assertThat(shipped.concern("io.grpc.netty.shaded.io.netty.channel.Unknown")).isFalse();
	}

	@Test
	void findsMethodOfSameClassOnly() {
		Allowances allowances = Allowances.NONE.with(List.of(allowance("a", "com.acme.Cache", null)));
		assertThat(allowances.find("com.acme.Cache", "refresh")).isNotNull();
		assertThat(allowances.find("com.acme.Cache", "clear")).isNull();
		assertThat(allowances.find("com.acme.Cache", null)).isNull();
		assertThat(allowances.find("com.acme.Caches", "refresh")).isNull();
	}

	@Test
	void concernsNestedClasses() {
		Allowances allowances = Allowances.NONE.with(List.of(allowance("a", "com.acme.Cache", null)));
		assertThat(allowances.concern("com.acme.Cache")).isTrue();
		assertThat(allowances.concern("com.acme.Cache$refresh$1")).isTrue();
		assertThat(allowances.concern("com.acme.Cached")).isFalse();
	}

	@Test
	void isInForceUntilItsLastDay() {
		Allowances today = Allowances.NONE.with(List.of(allowance("a", "com.acme.Cache", LocalDate.now().plusDays(1))));
		Allowances past = Allowances.NONE.with(List.of(allowance("a", "com.acme.Cache", LocalDate.now().minusDays(2))));
		assertThat(today.find("com.acme.Cache", "refresh")).isNotNull();
		assertThat(past.find("com.acme.Cache", "refresh")).isNull();
		assertThat(past.all().get(0).isExpired()).isTrue();
	}

	@Test
	void skipsExpiredAllowanceOfSameMethod() {
		Allowances both = Allowances.NONE.with(List.of(allowance("a", "com.acme.Cache", LocalDate.of(2020, 1, 1)),
				allowance("b", "com.acme.Cache", null)));
		assertThat(both.find("com.acme.Cache", "refresh")).extracting(Allowance::id).isEqualTo("b");
	}

	@Test
	void aLambdaBelongsToTheMethodAroundIt() {
		Allowances allowances = named("receive");
		assertThat(find(allowances, "com.acme.Client", "lambda$receive$14")).isTrue();
		assertThat(find(allowances, "com.acme.Client", "lambda$send$14")).isFalse();
	}

	@Test
	void aClassIsCoveredWithItsNestedOnes() {
		Allowances allowances = named("*");
		assertThat(find(allowances, "com.acme.Client", "receive")).isTrue();
		assertThat(find(allowances, "com.acme.Client$Packets$1", "read")).isTrue();
		assertThat(find(allowances, "com.acme.Clients", "receive")).isFalse();
		assertThat(find(named("receive"), "com.acme.Client$Packets", "receive")).isFalse();
	}

	@Test
	void aCallInAMethodIsCoveredByItsApiOrAsTheMethodCalled() {
		Allowances byApi = named("receive -> java.io.File.exists");
		assertThat(find(byApi, "com.acme.Client", "lambda$receive$0")).isTrue();
		assertThat(find(byApi, "com.acme.Client", "send")).isFalse();
		assertThat(find(named("receive -> java.io.File.length"), "com.acme.Client", "receive")).isFalse();
		assertThat(find(named("receive -> org.lib.Files.find"), "com.acme.Client", "receive")).isTrue();
		assertThat(find(named("* -> java.io.File.exists"), "com.acme.Client$Packets", "read")).isTrue();
	}

	private static Allowances named(String method) {
		return Allowances.NONE.with(List.of(new Allowance("a", null, "com.acme.Client", method, Category.TOLERATED,
				"because", Allowance.USER, null, null, null)));
	}

	private static boolean find(Allowances allowances, String className, String method) {
		return allowances.find("java.io.File.exists",
				List.of(new StackTraceElement("java.io.File", "exists", null, 1),
						new StackTraceElement("org.lib.Files", "find", null, 1),
						new StackTraceElement(className, method, null, 1)),
				List.of()) != null;
	}

	@Test
	void replacesAndRemovesByIdentifier() {
		Allowances allowances = Allowances.NONE.with(List.of(allowance("a", "com.acme.Cache", null)))
			.with(List.of(allowance("a", "com.acme.Other", null)));
		assertThat(allowances.all()).singleElement().extracting(Allowance::method).isEqualTo("com.acme.Other#refresh");
		assertThat(allowances.without(Set.of("a")).all()).isEmpty();
	}

	private static Allowance allowance(String id, String className, @Nullable LocalDate until) {
		return new Allowance(id, null, className, "refresh", Category.TOLERATED, "because", Allowance.USER, null, until,
				null);
	}

}
