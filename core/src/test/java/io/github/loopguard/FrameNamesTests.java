package io.github.loopguard;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameNames}.
 */
class FrameNamesTests {

	@ParameterizedTest(name = "{0}.{1} is {2}.{3}")
	@CsvSource(nullValues = "-", textBlock = """
			com.acme.Invoices, render, com.acme.Invoices, render
			com.acme.Invoices, lambda$render$0, com.acme.Invoices, render
			com.acme.Invoices, lambda$render$12, com.acme.Invoices, render
			com.acme.Invoices, lambda$render$2f8a9c1b$1, com.acme.Invoices, render
			com.acme.Invoices, lambda$new$0, com.acme.Invoices, <init>
			com.acme.Invoices, lambda$static$3, com.acme.Invoices, <clinit>
			com.acme.Invoices, lambda$null$1, com.acme.Invoices, -
			com.acme.Invoices, lambda$4, com.acme.Invoices, -
			com.acme.Invoices$$Lambda/0x00007f1c0c000a00, apply, com.acme.Invoices, -
			com.acme.Invoices$$Lambda$14/0x0000000800c03000, apply, com.acme.Invoices, -
			com.acme.Invoices$$SpringCGLIB$$0, render, com.acme.Invoices, render
			com.acme.Invoices$$EnhancerBySpringCGLIB$$1a2b, render, com.acme.Invoices, render
			com.acme.Invoices$Line, total, com.acme.Invoices$Line, total
			com.acme.Invoices$1, get, com.acme.Invoices$1, get
			com.acme.Invoices$render$1, invokeSuspend, com.acme.Invoices, render
			com.acme.Invoices$render$2$1, invokeSuspend, com.acme.Invoices, render
			com.acme.Invoices$Companion$load$1, invokeSuspend, com.acme.Invoices$Companion, load
			com.acme.InvoicesKt$main$1, invokeSuspend, com.acme.InvoicesKt, main
			com.acme.Invoices, render$suspendImpl, com.acme.Invoices, render
			com.acme.Invoices, render$default, com.acme.Invoices, render
			com.acme.Invoices, render$lambda$0, com.acme.Invoices, render
			com.acme.Invoices, render$lambda$0$1, com.acme.Invoices, render
			""")
	void frameIsNamedAsAPersonWroteIt(String className, String methodName, String namedClass, String namedMethod) {
		Frame frame = FrameNames.of(new StackTraceElement(className, methodName, "Invoices.java", 42));
		assertThat(frame.className()).isEqualTo(namedClass);
		assertThat(frame.methodName()).isEqualTo(namedMethod);
	}

	@ParameterizedTest
	@CsvSource({ "lambda$render$0, 42", "render, 42" })
	void lineStaysTheLambdasOwn(String methodName, int line) {
		Frame frame = FrameNames.of(new StackTraceElement("com.acme.Invoices", methodName, "Invoices.java", line));
		assertThat(frame).hasToString("com.acme.Invoices.render(Invoices.java:42)");
	}

}
