package dev.pitot.lab.plan;

/// Options that no test can have. The message is a sentence without its end.
final class UnfitOptionsException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitOptionsException(String message) {
        super(message);
    }
}
