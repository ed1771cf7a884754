package dev.pitot.cli.run;

import dev.pitot.cli.print.Terminal;
import dev.pitot.command.file.FileErrorText;
import dev.pitot.model.text.SurrogateEscape;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Output and errors of a command that prints no test. Any thread may use it.
public final class CommandOutput {
    private static final String BROKEN_PIPE = "Broken pipe"; // EPIPE

    private final Terminal terminal;
    private final String program;
    private final AtomicBoolean isLost = new AtomicBoolean();

    /// @param program what errors begin with
    public CommandOutput(Terminal terminal, String program) {
        this.terminal = terminal;
        this.program = program;
    }

    /// Writes to standard output. A failure, such as a full disk, is reported on standard error, once. A
    /// reader who has seen enough (`| head -1`) is none.
    ///
    /// @param text lines that each end
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

    /// Whether everything could be written so far, as an exit code.
    public int exitCode() {
        return isLost.get() ? ExitCode.FAILURE : ExitCode.SUCCESS;
    }

    /// Writes an error, behind the program's name.
    ///
    /// @return the exit code
    public int complain(String sentence) {
        return locate(program + ": " + sentence + "\n");
    }

    /// Writes an error that begins with the place where it is, as compilers do.
    ///
    /// @param text lines that each end
    /// @return the exit code
    public int locate(String text) {
        try {
            terminal.err().write(SurrogateEscape.encode(text));
            terminal.err().flush();
        } catch (IOException _) {
            // Nobody reads: there is nobody to tell.
        }
        return ExitCode.FAILURE;
    }
}
