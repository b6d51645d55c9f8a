package io.github.loopguard.detect.installation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A failure of Loopguard is no failure of BlockHound's installation.
 */
class InstallCallsTests {

	@Test
	void failuresAreToldAndNotThrown() {
		List<String> told = new ArrayList<>();
		InstallCalls.listener(new InstallationListener() {
			@Override
			public void begins(BlockHound.Builder builder, Consumer<BlockingMethod> callback) {
				throw new IllegalStateException("begins");
			}

			@Override
			public void ended() {
				throw new NoClassDefFoundError("ended");
			}

			@Override
			public void failed(Throwable reason) {
				told.add(reason.getMessage());
			}
		});
		InstallCalls.begins(BlockHound.builder(), (method) -> {
		});
		InstallCalls.ended();
		assertThat(told).containsExactly("begins", "ended");
	}

}
