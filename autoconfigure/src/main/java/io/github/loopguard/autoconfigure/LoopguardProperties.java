package io.github.loopguard.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.loopguard.Action;
import io.github.loopguard.catalog.Catalog;

/**
 * Properties of Loopguard.
 *
 * @param enabled Whether Loopguard looks for blocking calls. When it is off, no class of
 * BlockHound is loaded.
 * @param profile Where the application runs. Found out from the active Spring profiles
 * unless it is set.
 * @param productionProfiles Comma-separated list of Spring profiles that mean production.
 * @param onUnavailable What to do when a detector cannot work in this JVM.
 * @param applicationPackages Comma-separated list of packages whose classes are the
 * application's, besides those that Spring Boot scans.
 * @param rules Actions by rule and, where they differ, by origin.
 * @param allowances Methods that may block, by a name of your choice; or by the name of a
 * shipped allowance to replace it or turn it off.
 * @param hooks Methods that block, by a name of your choice.
 * @param eventLoopThreads Comma-separated list of names of threads that must not block,
 * in which an asterisk stands for anything.
 * @param blockingThreads Comma-separated list of names of threads that may block even if
 * they look like event loops, in which an asterisk stands for anything.
 * @param ledger Limits of what is kept.
 * @param log How violations are logged.
 * @param baseline Which known violations are tolerated.
 * @param docsUrl Address of a site with the rules' pages, instead of the endpoint.
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
		@DefaultValue BaselineProperties baseline, @Nullable String docsUrl){

	/**
	 * What to do when a detector cannot work.
	 */
	public enum OnUnavailable {

		/**
		 * Log one warning and start.
		 */
		WARN,

		/**
		 * Refuse to start.
		 */
		FAIL

	}

	/**
	 * What is done with the baseline.
	 */
	public enum BaselineMode {

		/**
		 * Tolerate what it has.
		 */
		CHECK,

		/**
		 * Tests add what it does not have.
		 */
		RECORD,

		/**
		 * Tests take out what does not happen any more.
		 */
		PRUNE,

		/**
		 * Do without.
		 */
		OFF

	}

	/**
	 * Which known violations are tolerated.
	 *
	 * @param location File with the known violations: a path, or an address such as
	 * classpath:loopguard-baseline.json. Tests look for loopguard-baseline.json in the
	 * module and above it unless it is set.
	 * @param mode What is done with the file. Only tests write it, when asked to by a
	 * system property or environment variable of this name; an application tolerates what
	 * it has, unless it is off.
	 */
	public record BaselineProperties(@Nullable String location, @DefaultValue("check") BaselineMode mode) {
	}

	/**
	 * Actions of one rule.
	 *
	 * @param action Action for every origin that has none of its own.
	 * @param application Action for calls that application code makes.
	 * @param library Action for calls that a library makes by itself.
	 * @param framework Action for calls that Spring, Reactor or Netty make by themselves.
	 * @param unknown Action for calls that nobody could be named for.
	 */
	public record RuleActions(@Nullable Action action, @Nullable Action application, @Nullable Action library,
			@Nullable Action framework, @Nullable Action unknown) {
	}

	/**
	 * A method that may block.
	 *
	 * @param enabled Whether the allowance counts. Set it to false to turn a shipped one
	 * off.
	 * @param method Class and method, such as com.acme.Cache#refresh.
	 * @param reason Why the method may block.
	 * @param owner Who answers for the exception.
	 * @param until Last day on which the method may block, such as 2027-03-31.
	 */
	public record AllowanceProperties(@DefaultValue("true") boolean enabled, @Nullable String method,
			@Nullable String reason, @Nullable String owner, @Nullable String until) {
	}

	/**
	 * A method that blocks.
	 *
	 * @param method Class and method, such as com.acme.Legacy#query.
	 * @param rule Rule that a call of the method breaks.
	 */
	public record HookProperties(@Nullable String method, @DefaultValue(Catalog.MARKED_BLOCKING) String rule) {
	}

	/**
	 * Limits of what is kept.
	 *
	 * @param maxViolations Most violations kept; those not seen for the longest time go
	 * first.
	 */
	public record LedgerLimits(@DefaultValue("1000") int maxViolations) {
	}

	/**
	 * How violations are logged.
	 *
	 * @param linesPerMinute Most violations logged in a minute; the others are counted.
	 * @param patience Time after which a call is logged that has not returned yet.
	 */
	public record Log(@DefaultValue("20") int linesPerMinute, @DefaultValue("1s") Duration patience) {
	}

}
