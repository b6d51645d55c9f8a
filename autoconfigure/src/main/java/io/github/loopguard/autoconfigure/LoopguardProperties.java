package io.github.loopguard.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.github.loopguard.Action;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.flight.FlightRecorderSettings.Paths;

/**
 * Properties of Loopguard.
 *
 * @param enabled Whether to detect blocking calls. If not, no class of BlockHound is
 * loaded.
 * @param profile Environment that the application runs in. Derived from the active Spring
 * profiles unless set.
 * @param productionProfiles Comma-separated list of Spring profiles that are used in
 * production.
 * @param onUnavailable Action to take when a detector cannot work in this JVM.
 * @param applicationPackages Comma-separated list of packages that belong to the
 * application, in addition to those that Spring Boot scans.
 * @param rules Actions by rule and, optionally, by origin.
 * @param allowances Methods that may block, by a name of your choice, or by the name of a
 * shipped allowance to replace or disable it.
 * @param hooks Methods that block, by a name of your choice.
 * @param eventLoopThreads Comma-separated list of thread names that must not block. An
 * asterisk matches any characters.
 * @param blockingThreads Comma-separated list of thread names that may block, even if
 * they are those of event loops. An asterisk matches any characters.
 * @param ledger Limits of the ledger.
 * @param log Logging of violations.
 * @param baseline Known violations that are tolerated.
 * @param blockhound Detection of calls by BlockHound, which instruments classes.
 * @param loopMonitor Watching of event loops, without instrumentation.
 * @param blackBox Recording of event loops in a file that outlives the process.
 * @param flightRecorder Reading of the JVM's flight recorder, without instrumentation.
 * @param health Health of event loops.
 * @param observationEvents Whether observations of requests get an event
 * 'loopguard.violation' for each call that blocked an event loop for 1 ms or longer.
 * @param docsUrl URL of a site with the pages of the rules, instead of the endpoint.
 * @param blockhoundCallback Whether the callback of a BlockHound that you install
 * yourself is called too, by default its error. If not, only Loopguard reports.
 * @since 0.1
 */
@ConfigurationProperties("loopguard")
public record LoopguardProperties(@DefaultValue("true") boolean enabled, @Nullable LoopguardProfile profile,
		@DefaultValue( {
				"prod", "production" }) List<String> productionProfiles,
		@DefaultValue("warn") OnUnavailable onUnavailable, @DefaultValue List<String> applicationPackages,
		@DefaultValue Map<String, RuleActions> rules, @DefaultValue Map<String, AllowanceProperties> allowances,
		@DefaultValue Map<String, HookProperties> hooks, @DefaultValue List<String> eventLoopThreads,
		@DefaultValue List<String> blockingThreads, @DefaultValue LedgerLimits ledger, @DefaultValue Log log,
		@DefaultValue BaselineProperties baseline, @DefaultValue BlockhoundProperties blockhound,
		@DefaultValue LoopMonitorProperties loopMonitor, @DefaultValue BlackBoxProperties blackBox,
		@DefaultValue FlightRecorderProperties flightRecorder, @DefaultValue HealthProperties health,
		@DefaultValue("true") boolean observationEvents, @Nullable String docsUrl,
		@DefaultValue("true") boolean blockhoundCallback){

	/**
	 * Action to take when a detector cannot work.
	 */
	public enum OnUnavailable {

		/**
		 * Log one warning and start.
		 */
		WARN,

		/**
		 * Fail the start.
		 */
		FAIL

	}

	/**
	 * Use of the baseline.
	 */
	public enum BaselineMode {

		/**
		 * Tolerate the violations in it.
		 */
		CHECK,

		/**
		 * Tests add new violations.
		 */
		RECORD,

		/**
		 * Tests remove violations that no longer happen.
		 */
		PRUNE,

		/**
		 * Use no baseline.
		 */
		OFF

	}

	/**
	 * Known violations that are tolerated.
	 *
	 * @param location File with the known violations: a path, or a URL such as
	 * classpath:loopguard-baseline.json. Unless set, tests look for
	 * loopguard-baseline.json in the module and in the directories above it.
	 * @param mode Use of the file. Only tests write it, if a system property or
	 * environment variable of this name is set to record or prune. An application
	 * tolerates the violations in it, unless the mode is off.
	 */
	public record BaselineProperties(@Nullable String location, @DefaultValue("check") BaselineMode mode) {
	}

	/**
	 * Actions of one rule.
	 *
	 * @param action Action for every origin without an action of its own.
	 * @param application Action for calls by application code.
	 * @param library Action for calls by a library without application code.
	 * @param framework Action for calls by Spring, Reactor or Netty without application
	 * code.
	 * @param unknown Action for calls whose caller is unknown.
	 */
	public record RuleActions(@Nullable Action action, @Nullable Action application, @Nullable Action library,
			@Nullable Action framework, @Nullable Action unknown) {
	}

	/**
	 * A method that may block.
	 *
	 * @param enabled Whether the allowance is in force. Set it to false to disable a
	 * shipped allowance.
	 * @param method Class and method, such as com.acme.Cache#refresh.
	 * @param reason Why the method may block.
	 * @param owner Team or person responsible for the allowance.
	 * @param until Last day of the allowance, such as 2027-03-31.
	 */
	public record AllowanceProperties(@DefaultValue("true") boolean enabled, @Nullable String method,
			@Nullable String reason, @Nullable String owner, @Nullable String until) {
	}

	/**
	 * A method that blocks.
	 *
	 * @param method Class and method, such as com.acme.Legacy#query.
	 * @param rule Rule that a call of the method violates.
	 */
	public record HookProperties(@Nullable String method, @DefaultValue(Catalog.MARKED_BLOCKING) String rule) {
	}

	/**
	 * Limits of the ledger.
	 *
	 * @param maxViolations Maximum number of violations that are kept. Those that have
	 * not happened for the longest time are removed first.
	 */
	public record LedgerLimits(@DefaultValue("1000") int maxViolations) {
	}

	/**
	 * Logging of violations.
	 *
	 * @param linesPerMinute Maximum number of violations that are logged in a minute. The
	 * others are only counted.
	 * @param patience Time after which a call is logged even if it has not returned.
	 */
	public record Log(@DefaultValue("20") int linesPerMinute, @DefaultValue("1s") Duration patience) {
	}

	/**
	 * Detection of calls by BlockHound.
	 *
	 * @param enabled Whether BlockHound is installed. By default it is, except in
	 * production. If not, no class of it is loaded, no agent is attached, and nothing is
	 * added to the boot class path, unless you install BlockHound yourself.
	 */
	public record BlockhoundProperties(@Nullable Boolean enabled) {
	}

	/**
	 * Watching of event loops.
	 *
	 * @param enabled Whether event loops are watched for turns that take too long. By
	 * default they are, except in tests.
	 * @param threshold Longest time that a turn of an event loop may take.
	 * @param thresholds Thresholds of groups of event loops, by the name that their
	 * threads share without the number, such as reactor-http-epoll or parallel.
	 * @param grace Time after the start during which turns that take too long are counted
	 * and are no violations, because code that runs for the first time is slow.
	 * @param reportsPerMinute Maximum number of turns that are reported in a minute. The
	 * others are only counted.
	 */
	public record LoopMonitorProperties(@Nullable Boolean enabled, @DefaultValue("100ms") Duration threshold,
			@DefaultValue Map<String, Duration> thresholds, @DefaultValue("30s") Duration grace,
			@DefaultValue("60") int reportsPerMinute) {
	}

	/**
	 * Recording of event loops in a file that outlives the process.
	 *
	 * @param enabled Whether event loops are recorded. By default they are if a directory
	 * is named, and in production if the directory for temporary files is writable.
	 * @param directory Directory of the file. Unless set, the one for temporary files.
	 * @param size Size of the file. When it is full, the oldest entries are written over.
	 * @param keep Maximum number of files of this application that are kept, with the one
	 * that is written. A clean exit leaves none.
	 * @param http Port that answers how event loops are doing while they are stuck.
	 */
	public record BlackBoxProperties(@Nullable Boolean enabled, @Nullable String directory,
			@DefaultValue("4MB") DataSize size, @DefaultValue("5") int keep, @DefaultValue BlackBoxHttp http) {
	}

	/**
	 * Port that answers how event loops are doing while they are stuck.
	 *
	 * @param port Port that answers GET /stall; 0 for any that is free. Nothing is
	 * answered unless set.
	 * @param address Address that the port is bound to. HTTP probes of Kubernetes need
	 * 0.0.0.0.
	 * @param limit Time that an event loop may be stuck. When it is over, the status of
	 * the answer is 503.
	 */
	public record BlackBoxHttp(@Nullable Integer port, @DefaultValue("127.0.0.1") String address,
			@DefaultValue("10s") Duration limit) {
	}

	/**
	 * Flight recorder.
	 *
	 * @param enabled Whether the JVM's flight recorder is read. Enabled by default with
	 * the profile 'production' only.
	 * @param threshold Duration of the shortest call that the JVM records. Costs more the
	 * shorter it is.
	 * @param startDelay Time after the start of the application for which the recording
	 * waits, because starting it takes about a second of CPU time.
	 * @param paths How much of the names of files is shown: the whole path, the name
	 * without its directory, or nothing.
	 * @param tracedMethods Methods that block and that the JVM records nothing of unless
	 * it traces them, such as 'com.acme.Pdf::render'. Needs JDK 25.
	 * @param reportsPerMinute Maximum number of calls that no other detector has found
	 * and that are reported in a minute. The others are only counted.
	 * @param timeline Whether recordings of the JVM get what Loopguard finds, as events
	 * 'loopguard.Violation' and 'loopguard.Turn', and what lanes run, as
	 * 'loopguard.LaneCall', to be opened in JDK Mission Control.
	 */
	public record FlightRecorderProperties(@Nullable Boolean enabled, @DefaultValue("10ms") Duration threshold,
			@DefaultValue("30s") Duration startDelay, @DefaultValue("name") Paths paths,
			@DefaultValue List<String> tracedMethods, @DefaultValue("600") int reportsPerMinute,
			@DefaultValue("false") boolean timeline) {
	}

	/**
	 * Health of event loops.
	 *
	 * @param enabled Whether an event loop that is stuck shows in the application's
	 * health.
	 * @param stuckAfter Time after which an event loop whose turn does not end is stuck.
	 */
	public record HealthProperties(@DefaultValue("false") boolean enabled, @DefaultValue("10s") Duration stuckAfter) {
	}

}
