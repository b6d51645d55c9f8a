package io.github.loopguard.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.github.loopguard.report.UnreadableReportException;
import io.github.loopguard.report.baseline.BaselineException;

/**
 * The command {@code loopguard}. It exits with 0 if there are no violations, with 1 if
 * there are violations, and with 2 for wrong usage or input that cannot be read.
 *
 * @since 0.1
 */
@Command(name = "loopguard", description = "Works with the reports of tests that watch event loops.",
		mixinStandardHelpOptions = true, versionProvider = LoopguardCommand.Version.class,
		subcommands = { CheckCommand.class, DiffCommand.class, MergeCommand.class, PruneCommand.class },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:no violations", "1:there are violations", "2:wrong usage, or input that cannot be read" })
public final class LoopguardCommand implements Runnable {

	static final int SUCCESS = 0;

	static final int VIOLATIONS = 1;

	static final int UNUSABLE = 2;

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	LoopguardCommand() {
	}

	/**
	 * Runs the command and ends the JVM with its exit code.
	 * @param args arguments
	 */
	public static void main(String[] args) {
		System.exit(commandLine().execute(args));
	}

	private static CommandLine commandLine() {
		CommandLine commandLine = new CommandLine(new LoopguardCommand());
		commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
		commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
		commandLine.setExecutionExceptionHandler(LoopguardCommand::explain);
		return commandLine;
	}

	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(), "Name a command: check, diff, merge or prune");
	}

	private static int explain(Exception exception, CommandLine commandLine, CommandLine.ParseResult result)
			throws Exception {
		if (exception instanceof UnreadableReportException || exception instanceof BaselineException
				|| exception instanceof UnusableInputException) {
			commandLine.getErr().println(exception.getMessage());
			return UNUSABLE;
		}
		throw exception;
	}

	/**
	 * The version in the jar's manifest.
	 */
	static final class Version implements IVersionProvider {

		@Override
		public String[] getVersion() {
			String version = LoopguardCommand.class.getPackage().getImplementationVersion();
			return new String[] { (version != null) ? version : "unknown" };
		}

	}

}
