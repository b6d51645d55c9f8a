package io.github.loopguard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.loopguard.Waited.Route;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Waited}.
 */
class WaitedTests {

	@Test
	void addsWhatIsKnown() {
		Waited one = new Waited(2L, 5L, true, List.of(new Route("GET /a", null)), null, Duration.ofSeconds(1),
				Map.of("read", 1L));
		Waited other = new Waited(3L, 7L, true, List.of(new Route("GET /a", "t"), new Route("GET /b", "u")), "u",
				Duration.ofSeconds(2), Map.of("read", 1L, "pool", 4L));
		assertThat(one.plus(other))
			.isEqualTo(new Waited(5L, 12L, true, List.of(new Route("GET /a", null), new Route("GET /b", "u")), "u",
					Duration.ofSeconds(3), Map.of("read", 2L, "pool", 4L)));
	}

	@Test
	void whatIsUnknownOfOneIsThatOfTheOther() {
		Waited known = new Waited(2L, 5L, true, List.of(), "t", Duration.ofSeconds(1), Map.of());
		assertThat(known.plus(Waited.UNKNOWN)).isEqualTo(known);
		assertThat(Waited.UNKNOWN.plus(known)).isEqualTo(known);
		assertThat(Waited.UNKNOWN.plus(Waited.UNKNOWN)).isEqualTo(Waited.UNKNOWN);
	}

	@Test
	void namesFewRoutes() {
		List<Route> routes = IntStream.range(0, 20).mapToObj((i) -> new Route("GET /" + i, null)).toList();
		Waited all = new Waited(null, 20L, true, routes, null, null, Map.of());
		assertThat(Waited.UNKNOWN.plus(all).routes()).hasSize(Waited.MAX_ROUTES);
	}

}
