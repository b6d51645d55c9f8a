package com.example.waiting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Names with the reason why they are on a list. A line that begins with {@code =} gives
 * the reason for the lines that follow it. Each of them is a name, in which {@code *}
 * stands for any characters; {@code until 17} or {@code from 25} after it says that only
 * these of the supported releases have it. A line that begins with {@code #} is a
 * comment.
 */
final class ReasonList {

	private final String name;

	private final List<Entry> entries = new ArrayList<>();

	private final Set<Entry> used = new HashSet<>();

	private final Map<String, List<Entry>> matching = new ConcurrentHashMap<>();

	private ReasonList(String name) {
		this.name = name;
	}

	static ReasonList read(String name) {
		ReasonList list = new ReasonList(name);
		try (InputStream in = Objects.requireNonNull(ReasonList.class.getResourceAsStream(name), name);
				BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
			String reason = "";
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("=")) {
					reason = line.substring(1).strip();
				}
				else if (!line.isBlank() && !line.startsWith("#")) {
					list.entries.add(Entry.of(line.strip(), reason));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return list;
	}

	/**
	 * Returns the reason for a name, or {@code null} if it is not on the list.
	 */
	@Nullable String reason(String name) {
		List<Entry> entries = this.matching.computeIfAbsent(name,
				(key) -> this.entries.stream().filter((entry) -> entry.pattern().matcher(key).matches()).toList());
		this.used.addAll(entries);
		return entries.isEmpty() ? null : entries.get(0).reason();
	}

	/**
	 * Returns the reasons, in the order of the list.
	 */
	List<String> reasons() {
		return this.entries.stream().map(Entry::reason).distinct().toList();
	}

	/**
	 * Returns the entries that this JDK should have and that were not asked for.
	 */
	List<String> unused() {
		int feature = Runtime.version().feature();
		return this.entries.stream()
			.filter((entry) -> entry.covers(feature) && !this.used.contains(entry))
			.map((entry) -> this.name + ": " + entry.pattern())
			.toList();
	}

	/**
	 * One line of the list.
	 *
	 * @param pattern matches the names
	 * @param until last supported release that has it
	 * @param from first supported release that has it
	 * @param reason why it is on the list
	 */
	private record Entry(Pattern pattern, int until, int from, String reason) {

		private static final Pattern LINE = Pattern.compile("(\\S+)(?: until (\\d+))?(?: from (\\d+))?");

		static Entry of(String line, String reason) {
			var parts = LINE.matcher(line);
			if (!parts.matches() || reason.isEmpty()) {
				throw new IllegalArgumentException("neither a name nor a reason: " + line);
			}
			Pattern pattern = Pattern.compile(Pattern.quote(parts.group(1)).replace("*", "\\E.*\\Q"));
			return new Entry(pattern, (parts.group(2) != null) ? Integer.parseInt(parts.group(2)) : Integer.MAX_VALUE,
					(parts.group(3) != null) ? Integer.parseInt(parts.group(3)) : 0, reason);
		}

		boolean covers(int feature) {
			return feature >= this.from && feature <= this.until;
		}

	}

}
