package dev.pitot.lab.results;

/// Which end of a test something comes from, by what the end does with the data. The client is
/// the sender, unless the test's options turn it round (`-R`); with `--bidir` the client counts
/// as the sender.
public enum TestEnd {
    /// It sends: `tx` in the names of files.
    SENDER("tx"),
    /// It receives: `rx` in the names of files.
    RECEIVER("rx");

    private final String tag;

    TestEnd(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }
}
