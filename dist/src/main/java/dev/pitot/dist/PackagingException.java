package dev.pitot.dist;

/// A reason why packages cannot be made: one sentence that says what to do.
final class PackagingException extends Exception {
    PackagingException(String message) {
        super(message);
    }
}
