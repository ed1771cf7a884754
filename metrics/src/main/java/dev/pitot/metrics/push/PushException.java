package dev.pitot.metrics.push;

/// Failure of a push after all its attempts. The message is one sentence and contains no secret.
final class PushException extends Exception {
    private static final long serialVersionUID = 1L;

    PushException(String message) {
        super(message);
    }

    PushException(String message, Throwable cause) {
        super(message, cause);
    }

    /// True if the last attempt timed out.
    boolean isTimeout() {
        return PushGateway.isTimeout(getCause());
    }
}
