package io.github.loopguard.allowance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Renders the allow list as Markdown.
 */
final class AllowListDocument {

	private AllowListDocument() {
	}

	static String text() {
		StringBuilder text = new StringBuilder(
				"""
						# What may block, and why

						This page is generated from the allowances that Loopguard ships:
						`%s`

						An entry covers the calls that its method makes itself, not those of other code that the method calls.
						Categories: *safe* is short and bounded, without input or output; *once* blocks once and keeps the result;
						*tolerated* does block, but cannot be avoided. `/actuator/blocking` shows the entries whose library is
						present, with state and count; `loopguard.allowances.<id>.enabled=false` disables an entry.

						## Shipped by Loopguard

						"""
					.formatted(AllowListDocumentTests.COMMAND));
		table(text, AllowList.shipped(), true);
		text.append(
				"""

						## Allowed by other integrations

						Integrations of Netty, Reactor, Spring and BlockHound set these, and Loopguard those in which an idle thread
						waits for work. They hide every blocking call inside the
						method, without counting it. Loopguard lists them with category and reason as it judges them.

						""");
		table(text, KnownAllowances.all(), false);
		text.append("""

				## Judged and left out

				Allowances for these methods are common, but hide calls of code that they do not name. Loopguard reports
				them as `TOO_BROAD` where it finds them.

				| method | hides |
				|---|---|
				""");
		for (Map.Entry<String, String> broad : BroadMethods.all().entrySet()) {
			text.append("| `").append(broad.getKey()).append("` | ").append(broad.getValue()).append(" |\n");
		}
		return text.toString();
	}

	private static void table(StringBuilder text, List<Allowance> allowances, boolean evidence) {
		text.append(evidence ? "| id | method | category | reason | seen by |\n|---|---|---|---|---|\n"
				: "| id | method | category | reason |\n|---|---|---|---|\n");
		String library = "";
		for (Allowance allowance : allowances) {
			String artifact = String.valueOf(allowance.library());
			if (!artifact.equals(library)) {
				library = artifact;
				text.append("| **").append(library).append("** |").append(evidence ? " | | | |\n" : " | | |\n");
			}
			text.append(cells(allowance, evidence)).append('\n');
		}
	}

	private static String cells(Allowance allowance, boolean evidence) {
		List<String> cells = List.of("`" + allowance.id() + "`", "`" + allowance.method() + "`",
				allowance.category().name().toLowerCase(Locale.ROOT), allowance.reason(),
				(allowance.evidence() != null) ? allowance.evidence() : "");
		return cells.subList(0, evidence ? 5 : 4).stream().collect(Collectors.joining(" | ", "| ", " |"));
	}

}
