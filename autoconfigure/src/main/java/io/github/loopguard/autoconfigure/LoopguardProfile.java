package io.github.loopguard.autoconfigure;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The environment that an application runs in, on which Loopguard's defaults depend.
 *
 * @since 0.1
 */
public enum LoopguardProfile {

	/**
	 * A developer's machine: everything that helps to find blocking calls is enabled.
	 */
	DEVELOPMENT,

	/**
	 * Production: only detection with negligible cost is enabled.
	 */
	PRODUCTION,

	/**
	 * A build.
	 */
	TEST;

	private static final String[] PRODUCTION_PROFILES = { "prod", "production" };

	/**
	 * Returns the profile: the configured one, else production if one of the active
	 * Spring profiles is used in production, else development. It does not depend on how
	 * the application is packaged.
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
