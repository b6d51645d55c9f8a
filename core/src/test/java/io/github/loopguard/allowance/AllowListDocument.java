package io.github.loopguard.allowance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the allow list as a document.
 */
final class AllowListDocument {

	private AllowListDocument() {
	}

	static String text() {
		StringBuilder text = new StringBuilder(
				"""
						# What may block, and why

						This page is generated from the list that Loopguard ships:
						`%s`

						An entry covers what its method does itself, not what other people's code does beneath it. Categories:
						*safe* is short and bounded, without input or output; *once* blocks once and keeps the result; *tolerated*
						really blocks and cannot be avoided. `/actuator/blocking` shows the entries whose library is there, with
						state and count; `loopguard.allowances.<id>.enabled=false` turns one off.

						## Shipped by Loopguard

						"""
					.formatted(AllowListDocumentTests.COMMAND));
		table(text, AllowList.shipped(), true);
		text.append(
				"""

						## Allowed by others

						Netty, Reactor, Spring and BlockHound give these to BlockHound. They hide whatever happens inside, uncounted.
						Loopguard lists them, with its own judgement.

						""");
		table(text, KnownAllowances.all(), false);
		text.append(
				"""

						## Judged and left out

						People allow these methods, and should not: an allowance for them hides more than it says. Loopguard reports
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
