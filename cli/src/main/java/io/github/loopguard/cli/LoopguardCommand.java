package io.github.loopguard.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

import io.github.loopguard.Violation;
import io.github.loopguard.blackbox.UnreadableBlackBoxException;
import io.github.loopguard.report.UnreadableReportException;
import io.github.loopguard.report.baseline.BaselineException;
import io.github.loopguard.report.file.ProblemText;

/**
 * The command {@code loopguard}. It exits with 0 if there are no violations, with 1 if
 * there are violations, and with 2 for wrong usage or input that cannot be read.
 *
 * @since 0.1
 */
@Command(name = "loopguard",
		description = "Works with the reports of tests that watch event loops, and reads black boxes of applications.",
		mixinStandardHelpOptions = true, versionProvider = LoopguardCommand.Version.class,
		subcommands = { CheckCommand.class, DiffCommand.class, MergeCommand.class, PruneCommand.class,
				BlackBoxCommand.class },
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
		System.exit(commandLine(System.out, System.err).execute(args));
	}

	static CommandLine commandLine(OutputStream out, OutputStream err) {
		CommandLine commandLine = new CommandLine(new LoopguardCommand());
		commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
		commandLine.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
		commandLine.setParameterExceptionHandler(LoopguardCommand::explain);
		commandLine.setExecutionStrategy(LoopguardCommand::execute);
		return commandLine;
	}

	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(), "Name a command: check, diff, merge, prune or black-box");
	}

	private static int execute(ParseResult result) {
		PrintWriter err = result.commandSpec().commandLine().getErr();
		try {
			return new CommandLine.RunLast().execute(result);
		}
		catch (ParameterException ex) {
			throw ex;
		}
		catch (RuntimeException | StackOverflowError | OutOfMemoryError ex) {
			Throwable cause = ex.getCause();
			err.println(Violation.printable(problem((ex instanceof ExecutionException && cause != null) ? cause : ex)));
			return UNUSABLE;
		}
	}

	/**
	 * Returns the problem in one line. Nothing that a file contains may end in anything
	 * but a message of its own; whatever does is a defect, and is named as one.
	 */
	private static String problem(Throwable ex) {
		if (ex instanceof UnreadableReportException || ex instanceof BaselineException
				|| ex instanceof UnusableInputException || ex instanceof UnreadableBlackBoxException) {
			return String.valueOf(ex.getMessage());
		}
		if (ex instanceof OutOfMemoryError) {
			return "The memory of this JVM, " + ProblemText.megabytes(Runtime.getRuntime().maxMemory())
					+ ", is not enough; give it more with -Xmx";
		}
		StackTraceElement[] stack = ex.getStackTrace();
		return "A defect of Loopguard, please report it: " + ex + ((stack.length > 0) ? " at " + stack[0] : "");
	}

	private static int explain(ParameterException ex, String[] args) {
		PrintWriter err = ex.getCommandLine().getErr();
		err.println(Violation.printable(String.valueOf(ex.getMessage())));
		ex.getCommandLine().usage(err);
		return UNUSABLE;
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
