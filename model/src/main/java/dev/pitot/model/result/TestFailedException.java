package dev.pitot.model.result;

/// Exception for a test that did not complete, for programs that ask for one
/// ([Outcome#throwIfFailed()]). The message is the ending's text, the cause that of the outcome.
public final class TestFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    TestFailedException(Outcome outcome) {
        super(outcome.ending().text(), outcome.cause());
        this.outcome = outcome;
    }

    /// The ending of the test, and the results up to it.
    public Outcome outcome() {
        return outcome;
    }
}
