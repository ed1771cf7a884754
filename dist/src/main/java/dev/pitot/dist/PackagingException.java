package dev.pitot.dist;

/// A reason why packages cannot be made: one sentence that says what to do.
final class PackagingException extends Exception {
    private static final long serialVersionUID = 1L;

    PackagingException(String message) {
        super(message);
    }
}
