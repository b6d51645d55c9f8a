package io.github.loopguard.detect.blockhound;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;

import com.sun.management.OperatingSystemMXBean;
import net.bytebuddy.agent.ByteBuddyAgent;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;

import io.github.loopguard.ApplicationPackages;
import io.github.loopguard.catalog.Catalog;
import io.github.loopguard.detect.OccurrenceRecorder;
import io.github.loopguard.detect.installation.InstallationListener;
import io.github.loopguard.detect.installation.InstallationWatch;
import io.github.loopguard.detect.installation.Integrations;
import io.github.loopguard.detect.installation.RuntimeClass;
import io.github.loopguard.ledger.Ledger;
import io.github.loopguard.policy.Policy;

/**
 * Installs Loopguard as {@link BlockHoundDetector} does, and prints how long each step
 * took: its name, nanoseconds of elapsed time and of CPU time.
 */
public final class InstallationSteps {

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private InstallationSteps() {
	}

	/**
	 * Installs Loopguard.
	 * @param args ignored
	 */
	public static void main(String[] args) {
		System.setProperty("reactor.blockhound.shaded.net.bytebuddy.safe", "true");
		InstallationSteps steps = new InstallationSteps();
		long start = System.nanoTime();
		steps.run("attach", ByteBuddyAgent::install);
		steps.run("watch", () -> InstallationWatch.start(ByteBuddyAgent.getInstrumentation(), new NoListener()));
		ApplicationPackages packages = ApplicationPackages.of(List.of("com.example.bench"));
		BlockHound.Builder builder = BlockHound.builder();
		steps.run("integrations",
				() -> Integrations
					.load((integration) -> !integration.getClass().getName().startsWith("io.github.loopguard."))
					.applyTo(builder));
		PreparedInstallation[] installation = new PreparedInstallation[1];
		steps
			.run("catalog",
					() -> installation[0] = new InstallationPreparer(Catalog::shipped,
							(catalog) -> new OccurrenceRecorder(catalog, new Ledger(catalog), packages,
									Policy.defaults(catalog)),
							ByteBuddyAgent.getInstrumentation())
						.prepare(builder, null));
		steps.run("blockhound", builder::install);
		steps.run("weaving", () -> {
			HookCallback callback = installation[0].callback();
			RuntimeClass.callback(callback);
			RuntimeClass.hooks(callback, callback::exited);
			installation[0].weaver().arm(packages, HookCalls.DIRECT);
			installation[0].loadedClasses().weave(packages);
		});
		steps.run("self-test", () -> new SelfTest(installation[0].catalog().hooks(), installation[0].recorder()).run()
			.ifPresent((problem) -> {
				throw new IllegalStateException(problem);
			}));
		System.out.printf("all %d %d%n", System.nanoTime() - start, steps.system.getProcessCpuTime());
		System.exit(0);
	}

	private void run(String name, Runnable step) {
		long cpu = this.system.getProcessCpuTime();
		long start = System.nanoTime();
		step.run();
		System.out.printf("%s %d %d%n", name, System.nanoTime() - start, this.system.getProcessCpuTime() - cpu);
	}

	/**
	 * Has nothing to do, because the installation is prepared here.
	 */
	private static final class NoListener implements InstallationListener {

		@Override
		public void begins(BlockHound.Builder builder, Consumer<BlockingMethod> callback) {
		}

		@Override
		public void ended() {
		}

		@Override
		public void failed(Throwable reason) {
			throw new IllegalStateException(reason);
		}

	}

}
