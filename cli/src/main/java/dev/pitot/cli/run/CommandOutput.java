package dev.pitot.cli.run;

import dev.pitot.cli.print.Terminal;
import dev.pitot.command.file.FileErrorText;
import dev.pitot.model.text.SurrogateEscape;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Standard output and errors of a command that prints no test. Safe for any thread.
public final class CommandOutput {
    private static final String BROKEN_PIPE = "Broken pipe"; // EPIPE

    private final Terminal terminal;
    private final String program;
    private final AtomicBoolean isLost = new AtomicBoolean();

    /// @param program prefix of errors
    public CommandOutput(Terminal terminal, String program) {
        this.terminal = terminal;
        this.program = program;
    }

    /// Writes to standard output. A failure, such as a full disk, is reported on standard error, once.
    /// A reader that has closed the pipe (`| head -1`) is not a failure.
    ///
    /// @param text complete lines
    /// @return the exit code
    public int show(String text) {
        try {
            terminal.out().write(SurrogateEscape.encode(text));
            terminal.out().flush();
        } catch (IOException e) {
            String reason = FileErrorText.of(e);
            if (!BROKEN_PIPE.equals(reason) && !isLost.getAndSet(true)) {
                complain("unable to write output: " + reason);
            }
        }
        return exitCode();
    }

    /// Exit code: success if everything could be written so far.
    public int exitCode() {
        return isLost.get() ? ExitCode.FAILURE : ExitCode.SUCCESS;
    }

    /// Writes an error after the program's name.
    ///
    /// @return the exit code
    public int complain(String sentence) {
        return locate(program + ": " + sentence + "\n");
    }

    /// Writes errors that begin with their source position, as compilers do.
    ///
    /// @param text complete lines
    /// @return the exit code
    public int locate(String text) {
        try {
            terminal.err().write(SurrogateEscape.encode(text));
            terminal.err().flush();
        } catch (IOException _) {
            // Standard error is closed: there is nowhere to report it.
        }
        return ExitCode.FAILURE;
    }
}
