package dev.pitot.command;

import dev.pitot.model.error.IperfError;

/// An invalid command line. The message is the text that iperf3 prints after `iperf3: `; a second line,
/// if there is one, already has that prefix.
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    /// An invalid value or combination.
    ///
    /// @param sentence text after iperf's `parameter error - `
    static UsageException parameter(String sentence) {
        return new UsageException("parameter error - " + sentence);
    }

    /// An iperf error whose text does not name the cause. iperf prints OpenSSL's message on a line
    /// before it.
    ///
    /// @param reason cause and remedy
    static UsageException because(String reason, IperfError error) {
        return new UsageException(reason + "\niperf3: parameter error - " + error.text());
    }

    /// A value that iperf would silently read as 0, or truncate.
    ///
    /// @param wanted expected kind of value, with its article
    static UsageException value(Getopt.Given given, String wanted) {
        return parameter("invalid value '" + given.text() + "' for " + given.option() + ": " + wanted + " is needed");
    }
}
