package io.github.loopguard.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.loopguard.Action;
import io.github.loopguard.catalog.Catalog;

/**
 * Properties of Loopguard. Mutable, as JavaBeans are: JDK 25 writes dozens of classes to
 * call constructors with many parameters by reflection, which a start would have to wait
 * for.
 *
 * @since 0.1
 */
@ConfigurationProperties("loopguard")
public class LoopguardProperties {

	/**
	 * Whether to detect blocking calls. If not, no class of BlockHound is loaded.
	 */
	private boolean enabled = true;

	/**
	 * Environment that the application runs in. Derived from the active Spring profiles
	 * unless set.
	 */
	private @Nullable LoopguardProfile profile;

	/**
	 * Comma-separated list of Spring profiles that are used in production.
	 */
	private List<String> productionProfiles = List.of("prod", "production");

	/**
	 * Action to take when a detector cannot work in this JVM.
	 */
	private OnUnavailable onUnavailable = OnUnavailable.WARN;

	/**
	 * Comma-separated list of packages that belong to the application, in addition to
	 * those that Spring Boot scans.
	 */
	private List<String> applicationPackages = List.of();

	/**
	 * Actions by rule and, optionally, by origin.
	 */
	private Map<String, RuleActions> rules = Map.of();

	/**
	 * Methods that may block, by a name of your choice, or by the name of a shipped
	 * allowance to replace or disable it.
	 */
	private Map<String, AllowanceProperties> allowances = Map.of();

	/**
	 * Methods that block, by a name of your choice.
	 */
	private Map<String, HookProperties> hooks = Map.of();

	/**
	 * Comma-separated list of thread names that must not block. An asterisk matches any
	 * characters.
	 */
	private List<String> eventLoopThreads = List.of();

	/**
	 * Comma-separated list of thread names that may block, even if they are those of
	 * event loops. An asterisk matches any characters.
	 */
	private List<String> blockingThreads = List.of();

	@NestedConfigurationProperty
	private final LedgerProperties ledger = new LedgerProperties();

	@NestedConfigurationProperty
	private final LogProperties log = new LogProperties();

	@NestedConfigurationProperty
	private final BaselineProperties baseline = new BaselineProperties();

	@NestedConfigurationProperty
	private final BlockhoundProperties blockhound = new BlockhoundProperties();

	@NestedConfigurationProperty
	private final LoopMonitorProperties loopMonitor = new LoopMonitorProperties();

	@NestedConfigurationProperty
	private final BlackBoxProperties blackBox = new BlackBoxProperties();

	@NestedConfigurationProperty
	private final FlightRecorderProperties flightRecorder = new FlightRecorderProperties();

	@NestedConfigurationProperty
	private final HealthProperties health = new HealthProperties();

	/**
	 * Whether observations of requests get an event 'loopguard.violation' for each call
	 * that blocked an event loop for 1 ms or longer.
	 */
	private boolean observationEvents = true;

	/**
	 * URL of a site with the pages of the rules, instead of the endpoint.
	 */
	private @Nullable String docsUrl;

	/**
	 * Whether the callback of a BlockHound that you install yourself is called too, by
	 * default its error. If not, only Loopguard reports.
	 */
	private boolean blockhoundCallback = true;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable LoopguardProfile getProfile() {
		return this.profile;
	}

	public void setProfile(@Nullable LoopguardProfile profile) {
		this.profile = profile;
	}

	public List<String> getProductionProfiles() {
		return this.productionProfiles;
	}

	public void setProductionProfiles(List<String> productionProfiles) {
		this.productionProfiles = productionProfiles;
	}

	public OnUnavailable getOnUnavailable() {
		return this.onUnavailable;
	}

	public void setOnUnavailable(OnUnavailable onUnavailable) {
		this.onUnavailable = onUnavailable;
	}

	public List<String> getApplicationPackages() {
		return this.applicationPackages;
	}

	public void setApplicationPackages(List<String> applicationPackages) {
		this.applicationPackages = applicationPackages;
	}

	public Map<String, RuleActions> getRules() {
		return this.rules;
	}

	public void setRules(Map<String, RuleActions> rules) {
		this.rules = rules;
	}

	public Map<String, AllowanceProperties> getAllowances() {
		return this.allowances;
	}

	public void setAllowances(Map<String, AllowanceProperties> allowances) {
		this.allowances = allowances;
	}

	public Map<String, HookProperties> getHooks() {
		return this.hooks;
	}

	public void setHooks(Map<String, HookProperties> hooks) {
		this.hooks = hooks;
	}

	public List<String> getEventLoopThreads() {
		return this.eventLoopThreads;
	}

	public void setEventLoopThreads(List<String> eventLoopThreads) {
		this.eventLoopThreads = eventLoopThreads;
	}

	public List<String> getBlockingThreads() {
		return this.blockingThreads;
	}

	public void setBlockingThreads(List<String> blockingThreads) {
		this.blockingThreads = blockingThreads;
	}

	public LedgerProperties getLedger() {
		return this.ledger;
	}

	public LogProperties getLog() {
		return this.log;
	}

	public BaselineProperties getBaseline() {
		return this.baseline;
	}

	public BlockhoundProperties getBlockhound() {
		return this.blockhound;
	}

	public LoopMonitorProperties getLoopMonitor() {
		return this.loopMonitor;
	}

	public BlackBoxProperties getBlackBox() {
		return this.blackBox;
	}

	public FlightRecorderProperties getFlightRecorder() {
		return this.flightRecorder;
	}

	public HealthProperties getHealth() {
		return this.health;
	}

	public boolean isObservationEvents() {
		return this.observationEvents;
	}

	public void setObservationEvents(boolean observationEvents) {
		this.observationEvents = observationEvents;
	}

	public @Nullable String getDocsUrl() {
		return this.docsUrl;
	}

	public void setDocsUrl(@Nullable String docsUrl) {
		this.docsUrl = docsUrl;
	}

	public boolean isBlockhoundCallback() {
		return this.blockhoundCallback;
	}

	public void setBlockhoundCallback(boolean blockhoundCallback) {
		this.blockhoundCallback = blockhoundCallback;
	}

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
	 * A method that blocks.
	 *
	 * @param method Class and method, such as com.acme.Legacy#query.
	 * @param rule Rule that a call of the method violates.
	 */
	public record HookProperties(@Nullable String method, @DefaultValue(Catalog.MARKED_BLOCKING) String rule) {
	}

}
