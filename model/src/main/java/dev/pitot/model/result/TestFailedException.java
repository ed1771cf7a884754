package dev.pitot.model.result;

/// A test that did not complete, for programs that ask for an exception
/// ([Outcome#throwIfFailed()]). The message is the ending's text, the
/// cause that of the outcome.
public final class TestFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    TestFailedException(Outcome outcome) {
        super(outcome.ending().text(), outcome.cause());
        this.outcome = outcome;
    }

    /// The ending, and everything measured before it.
    public Outcome outcome() {
        return outcome;
    }
}
