package io.github.loopguard.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.loopguard.blackbox.BlackBoxFile;

/**
 * Shows what a black box has recorded.
 */
@Command(name = "black-box",
		description = "Shows what the black box of an application has recorded, also while the application runs.",
		mixinStandardHelpOptions = true)
final class BlackBoxCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Parameters(index = "0", paramLabel = "FILE", description = "a file named loopguard-….blackbox")
	@SuppressWarnings("NullAway.Init")
	private Path file;

	@Option(names = "--json", description = "prints every entry as JSON")
	private boolean json;

	@Override
	public Integer call() {
		BlackBoxFile content = BlackBoxFile.read(this.file);
		PrintWriter out = this.spec.commandLine().getOut();
		if (this.json) {
			BlackBoxJson.write(content, out);
		}
		else {
			new BlackBoxText(content, new Listing(out)).print();
		}
		return LoopguardCommand.SUCCESS;
	}

}
