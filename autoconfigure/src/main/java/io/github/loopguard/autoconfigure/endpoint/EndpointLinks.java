package io.github.loopguard.autoconfigure.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.endpoint.PropertiesEndpointAccessResolver;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.github.loopguard.ledger.Links;

/**
 * Where the endpoint of an application is, or what to set to have it.
 */
final class EndpointLinks {

	private static final EndpointId ID = EndpointId.of("blocking");

	private static final String EXPOSURE = "management.endpoints.web.exposure.";

	private static final String MAX_ACCESS = "management.endpoints.access.max-permitted";

	private final Environment environment;

	private final Binder binder;

	private final ManagementPortType port;

	EndpointLinks(Environment environment) {
		this.environment = environment;
		this.binder = Binder.get(environment);
		this.port = ManagementPortType.get(environment);
	}

	/**
	 * Returns the links.
	 * @param path path of the endpoint on its server, or {@code null} if it has none
	 */
	Links of(@Nullable String path) {
		boolean served = path != null && this.port != ManagementPortType.DISABLED;
		return new Links(served ? basePath() + path : null, server(), hint(),
				this.environment.getProperty("loopguard.docs-url"));
	}

	private String basePath() {
		String path = this.environment
			.getProperty((this.port == ManagementPortType.DIFFERENT) ? "management.server.base-path"
					: "spring.webflux.base-path", "")
			.strip();
		String end = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		return (end.isEmpty() || end.startsWith("/")) ? end : "/" + end;
	}

	/**
	 * Returns the address of the management server where that is another one than the
	 * application's, and known: a free port is not before it starts.
	 */
	private String server() {
		int port = this.environment.getProperty("management.server.port", Integer.class, 0);
		if (this.port != ManagementPortType.DIFFERENT || port == 0) {
			return "";
		}
		String host = this.environment.getProperty("management.server.address", "localhost");
		boolean tls = hasTls("management.server.ssl", hasTls("server.ssl", false));
		boolean bare = host.contains(":") && !host.startsWith("[");
		return (tls ? "https://" : "http://") + (bare ? "[" + host + "]" : host) + ":" + port;
	}

	/**
	 * Returns whether a server has TLS. The management server has that of the application
	 * unless it has settings of its own.
	 */
	private boolean hasTls(String settings, boolean otherwise) {
		boolean own = this.binder.bind(settings, Bindable.mapOf(String.class, Object.class)).isBound();
		return own ? this.binder.bind(settings + ".enabled", Boolean.class).orElse(true) : otherwise;
	}

	private String hint() {
		List<String> settings = new ArrayList<>();
		if (this.port == ManagementPortType.DISABLED) {
			settings.add("management.server.port to a port");
		}
		if (new PropertiesEndpointAccessResolver(this.environment).accessFor(ID, Access.READ_ONLY) == Access.NONE) {
			boolean permitted = this.environment.getProperty(MAX_ACCESS, Access.class,
					Access.UNRESTRICTED) != Access.NONE;
			settings.add((permitted ? "management.endpoint.blocking.access" : MAX_ACCESS) + "=read-only");
		}
		Set<String> included = exposure("include", Set.of("health"));
		if (!contains(included)) {
			settings.add(EXPOSURE + "include=" + String.join(",", included) + ",blocking");
		}
		if (contains(exposure("exclude", Set.of()))) {
			settings.add(EXPOSURE + "exclude without blocking");
		}
		return settings.isEmpty() ? "the endpoint 'blocking' lists all violations where endpoints are served over HTTP"
				: "to look at all violations, set " + String.join(" and ", settings);
	}

	private Set<String> exposure(String property, Set<String> otherwise) {
		Set<String> endpoints = this.binder.bind(EXPOSURE + property, Bindable.setOf(String.class)).orElse(otherwise);
		return endpoints.isEmpty() ? otherwise : endpoints;
	}

	private static boolean contains(Set<String> endpoints) {
		return endpoints.contains("*") || endpoints.contains(ID.toString());
	}

}
