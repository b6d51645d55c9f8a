package io.github.loopguard.blackbox;

import java.time.Instant;

/**
 * Whose black box a file is.
 *
 * @param application name of the application
 * @param pid identifier of the process, as the process itself knew it
 * @param started when the JVM was started
 * @param jvm version of the JVM
 * @param loopguard version of Loopguard
 * @since 0.2
 */
public record BlackBoxHeader(String application, long pid, Instant started, String jvm, String loopguard) {

	private static final int LONGEST = 200;

	public BlackBoxHeader {
		application = cut(application);
		jvm = cut(jvm);
		loopguard = cut(loopguard);
	}

	void encode(RecordOutput out) {
		out.put(this.application);
		out.put(this.pid);
		out.put(this.started);
		out.put(this.jvm);
		out.put(this.loopguard);
	}

	static BlackBoxHeader decode(RecordInput in) {
		return new BlackBoxHeader(in.text(), in.number(), in.instant(), in.text(), in.text());
	}

	private static String cut(String text) {
		return (text.length() <= LONGEST) ? text : text.substring(0, LONGEST);
	}

}
