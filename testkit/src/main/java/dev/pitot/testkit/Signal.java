package dev.pitot.testkit;

/// POSIX signal that terminates programs.
public enum Signal {
    /// Sent by Ctrl-C.
    INT(2),
    /// Cannot be caught.
    KILL(9),
    /// Sent by service managers.
    TERM(15);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /// POSIX signal number. A process killed by it has the exit code 128 + this number in a shell
    /// and in Java.
    public int number() {
        return number;
    }
}
