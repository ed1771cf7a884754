package dev.pitot.command;

import dev.pitot.model.error.IperfError;

/// A command line that asks for nothing that can be done. The message is what iperf3 prints
/// behind `iperf3: `; a second line, if there is one, has that before it already.
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    /// A value or a combination that is wrong.
    ///
    /// @param sentence goes behind iperf's `parameter error - `
    static UsageException parameter(String sentence) {
        return new UsageException("parameter error - " + sentence);
    }

    /// One of iperf's errors which does not say by itself what was wrong. iperf prints what
    /// OpenSSL says, in a line of its own before it.
    ///
    /// @param reason what was wrong and what to do
    static UsageException because(String reason, IperfError error) {
        return new UsageException(reason + "\niperf3: parameter error - " + error.text());
    }

    /// A value that upstream would take for 0, or cut short, without a word.
    ///
    /// @param wanted what the value should have been, with its article
    static UsageException value(Getopt.Given given, String wanted) {
        return parameter("invalid value '" + given.text() + "' for " + given.option() + ": " + wanted + " is needed");
    }
}
