package dev.pitot.cli.lab;

import dev.pitot.cli.print.Terminal;
import dev.pitot.cli.run.ExitCode;
import dev.pitot.output.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// What people see, without control characters, whatever plans and devices say. A reader who has
/// gone is no reason to stop a session. Any thread may use it.
///
/// @param terminal where it goes
record Screen(Terminal terminal) {
    /// Shows something.
    ///
    /// @param text lines that each end
    /// @return the exit code of a success
    int show(String text) {
        return raw(printable(text));
    }

    /// What may move the cursor: its parts must be [#printable] already.
    ///
    /// @return the exit code of a success
    int raw(String text) {
        write(terminal.out(), text);
        return ExitCode.SUCCESS;
    }

    /// Complains.
    ///
    /// @return the exit code of a failure
    int complain(String sentence) {
        return locate("pitot lab: " + sentence);
    }

    /// As compilers complain, so that editors find the place: nothing before the file's name.
    ///
    /// @param complaints a line each
    /// @return the exit code of a failure
    int locate(String complaints) {
        write(terminal.err(), printable(complaints));
        return ExitCode.FAILURE;
    }

    /// Lines that each end and hold no control characters.
    static String printable(String text) {
        return text.lines().map(line -> Printable.line(line) + "\n").collect(Collectors.joining());
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
