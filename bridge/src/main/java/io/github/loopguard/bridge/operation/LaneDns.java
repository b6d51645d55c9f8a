package io.github.loopguard.bridge.operation;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Mono;

import io.github.loopguard.bridge.Lane;
import io.github.loopguard.bridge.LaneCache;

/**
 * Resolves names with the JDK's resolver, in a lane. Simultaneous callers of one name
 * share one look-up; the JDK's own cache keeps the result.
 *
 * @since 0.1
 */
public final class LaneDns {

	private final Lane lane;

	private final LaneCache<String, List<InetAddress>> lookups;

	private LaneDns(Lane lane) {
		this.lane = lane;
		this.lookups = new LaneCache<>(lane, (host) -> List.of(InetAddress.getAllByName(host)), Duration.ZERO,
				Duration.ZERO);
	}

	/**
	 * Returns a resolver; reuse it.
	 * @param lane where names are resolved
	 * @return the resolver
	 */
	public static LaneDns in(Lane lane) {
		return new LaneDns(lane);
	}

	/**
	 * Resolves a name to all its addresses.
	 * @param host the name, or a literal address
	 * @return the addresses, at least one; or {@code UnknownHostException}
	 */
	public Mono<List<InetAddress>> resolve(String host) {
		return this.lookups.get(host);
	}

	/**
	 * Resolves an address to its name.
	 * @param address the address
	 * @return its name, or the address as text if it has none
	 */
	public Mono<String> reverse(InetAddress address) {
		return this.lane.call(address::getCanonicalHostName);
	}

}
