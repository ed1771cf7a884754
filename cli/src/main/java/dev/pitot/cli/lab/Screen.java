package dev.pitot.cli.lab;

import dev.pitot.cli.print.Terminal;
import dev.pitot.cli.run.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// What people see. A reader who has gone is no reason to stop a session. Any thread may use it.
///
/// @param terminal where it goes
record Screen(Terminal terminal) {
    /// Shows something.
    ///
    /// @return the exit code of a success
    int show(String text) {
        write(terminal.out(), text);
        return ExitCode.SUCCESS;
    }

    /// Complains.
    ///
    /// @return the exit code of a failure
    int complain(String sentence) {
        write(terminal.err(), "pitot lab: " + sentence + "\n");
        return ExitCode.FAILURE;
    }

    private static void write(OutputStream to, String text) {
        try {
            to.write(text.getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException _) {
            // Nobody reads: there is nobody to tell.
        }
    }
}
