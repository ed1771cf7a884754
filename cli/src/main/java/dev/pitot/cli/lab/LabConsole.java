package dev.pitot.cli.lab;

import dev.pitot.cli.run.CommandOutput;
import dev.pitot.output.text.ControlCharacterFilter;
import java.util.stream.Collectors;

/// What people see, without control characters, whatever plans and devices contain. A reader who has
/// gone is no reason to stop a session. Any thread may use it.
///
/// @param output where it goes
record LabConsole(CommandOutput output) {
    /// Shows something.
    ///
    /// @param text lines that each end
    /// @return the exit code
    int show(String text) {
        return raw(printable(text));
    }

    /// What may move the cursor: its parts must be [#printable] already.
    ///
    /// @return the exit code
    int raw(String text) {
        return output.show(text);
    }

    /// Complains.
    ///
    /// @return the exit code of a failure
    int complain(String sentence) {
        return output.complain(printable(sentence).stripTrailing());
    }

    /// As compilers complain, so that editors find the place: nothing before the file's name.
    ///
    /// @param complaints a line each
    /// @return the exit code of a failure
    int locate(String complaints) {
        return output.locate(printable(complaints));
    }

    /// Lines that each end and hold no control characters.
    static String printable(String text) {
        return text.lines()
                .map(line -> ControlCharacterFilter.line(line) + "\n")
                .collect(Collectors.joining());
    }
}
