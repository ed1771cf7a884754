package dev.pitot.cli.option;

/// A command line that asks for nothing that can be done. The message is what iperf3 prints behind `iperf3: `.
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

    /// A value that upstream would take for 0, or cut short, without a word.
    ///
    /// @param wanted what the value should have been, with its article
    static UsageException value(Option option, String value, String wanted) {
        return parameter("invalid value '" + value + "' for " + option + ": " + wanted + " is needed");
    }
}
