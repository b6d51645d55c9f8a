package io.github.loopguard.autoconfigure;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Where the application runs, as far as Loopguard's defaults depend on it.
 *
 * @since 0.1
 */
public enum LoopguardProfile {

	/**
	 * On a developer's machine: everything that helps to find blocking calls is on.
	 */
	DEVELOPMENT,

	/**
	 * In production: only what costs next to nothing is on.
	 */
	PRODUCTION,

	/**
	 * In a build.
	 */
	TEST;

	private static final String[] PRODUCTION_PROFILES = { "prod", "production" };

	/**
	 * Returns the profile in force: the configured one, or production where a Spring
	 * profile says so, or development. Never guessed from the packaging.
	 * @param environment the application's environment
	 * @return the profile
	 */
	public static LoopguardProfile of(Environment environment) {
		Binder binder = Binder.get(environment);
		return binder.bind("loopguard.profile", LoopguardProfile.class).orElseGet(() -> {
			String[] production = binder.bind("loopguard.production-profiles", Bindable.of(String[].class))
				.orElse(PRODUCTION_PROFILES);
			for (String active : environment.getActiveProfiles()) {
				for (String candidate : production) {
					if (active.equals(candidate)) {
						return PRODUCTION;
					}
				}
			}
			return DEVELOPMENT;
		});
	}

}
