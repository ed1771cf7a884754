package dev.pitot.testkit;

/// A POSIX signal that ends programs.
public enum Signal {
    /// What Ctrl-C sends.
    INT(2),
    /// Cannot be caught.
    KILL(9),
    /// What a service manager sends.
    TERM(15);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /// POSIX's number. A process that died of it has the exit code 128 + this number in a shell
    /// and in Java.
    public int number() {
        return number;
    }
}
