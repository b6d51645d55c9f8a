package io.github.loopguard.detect.blockhound;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.catalog.Hook;
import io.github.loopguard.catalog.Hook.Condition;
import io.github.loopguard.catalog.Hook.Use;
import io.github.loopguard.detect.blockhound.HookPlan.Weave;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HookPlan}.
 */
class HookPlanTests {

	@Test
	void catalogResolvesCompletelyOnThisJdk() {
		assertThat(new HookPlan(Catalog.shipped().hooks()).missing()).isEmpty();
	}

	@Test
	void misspeltMethodIsMissing() {
		Hook misspelt = Hook.marked("java.io.File", "exist", null);
		assertThat(new HookPlan(List.of(misspelt)).missing()).containsEntry(misspelt, "no such method");
	}

	@Test
	void misspeltClassIsMissing() {
		Hook misspelt = Hook.marked("java.io.Fiel", "exists", null);
		assertThat(new HookPlan(List.of(misspelt)).missing()).containsEntry(misspelt, "no such class");
	}

	@Test
	void misspeltDescriptorIsMissing() {
		Hook misspelt = Hook.marked("java.io.File", "exists", "()I");
		assertThat(new HookPlan(List.of(misspelt)).missing()).containsEntry(misspelt, "no such method");
	}

	@Test
	void privateNativeMethodIsMissingWithTheReason() {
		Hook hidden = Hook.marked("java.io.FileInputStream", "open0", null);
		assertThat(new HookPlan(List.of(hidden)).missing().get(hidden)).startsWith("native and not public");
	}

	@Test
	void publicNativeMethodIsWovenAtItsCallSites() {
		HookPlan plan = new HookPlan(List.of(Hook.marked("java.lang.Object", "notifyAll", null)));
		assertThat(plan.missing()).isEmpty();
		assertThat(plan.callSites()).containsOnlyKeys("java/lang/Object.notifyAll()V");
		assertThat(plan.methodsOf("java/lang/Object")).isEmpty();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void sealedClassIsWovenLikeAnyOther() {
		assertThat(java.net.InetAddress.class.isSealed()).isTrue();
		assertThat(new HookPlan(List.of(Hook.marked("java.net.InetAddress", "getAllByName", null)))
			.methodsOf("java/net/InetAddress")).extracting(Weave::name).containsOnly("getAllByName");
	}

	@Test
	void conditionThatReadsAnAbsentFieldIsMissing() {
		Hook hook = on("java.io.StringReader", "read", Condition.UNBUFFERED);
		HookPlan plan = new HookPlan(List.of(hook));
		assertThat(plan.missing()).containsEntry(hook, "this JDK lacks what tells which calls count");
		assertThat(plan.methodsOf("java/io/StringReader")).isEmpty();
	}

	@Test
	void conditionIsWovenIntoMethodsWithTheArgumentsThatItReads() {
		Hook hook = on("java.lang.Thread", "join", Condition.POSITIVE_TIMEOUT);
		assertThat(new HookPlan(List.of(hook)).methodsOf("java/lang/Thread")).extracting(Weave::descriptor)
			.containsExactlyInAnyOrder("(J)V", "(JI)V");
	}

	@Test
	void conditionIsWovenIntoMethodsOfALibraryWithTheArgumentsThatItReads() {
		Weave weave = Weave.of(0, on("com.example.Selector", "select", Condition.POSITIVE_TIMEOUT).inLibrary(), null);
		assertThat(weave.matches("select", "(J)I")).isTrue();
		assertThat(weave.matches("select", "()I")).isFalse();
	}

	@Test
	void abstractMethodIsMissing() {
		Hook declared = Hook.marked("java.sql.Statement", "execute", null);
		assertThat(new HookPlan(List.of(declared)).missing()).containsEntry(declared, "no such method");
	}

	private static Hook on(String className, String methodName, Condition condition) {
		Hook marked = Hook.marked(className, methodName, null);
		return new Hook(marked.rule(), marked.kind(), className, methodName, null, null, null, true, false, Use.NONE,
				null, condition, marked.availability(), null);
	}

}
