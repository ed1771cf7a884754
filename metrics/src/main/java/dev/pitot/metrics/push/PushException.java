package dev.pitot.metrics.push;

/// A push that did not arrive, after all its tries. The message is one sentence and shows no
/// secret.
final class PushException extends Exception {
    private static final long serialVersionUID = 1L;

    PushException(String message) {
        super(message);
    }

    PushException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Whether the last try had no answer in its time.
    boolean isTimeout() {
        return PushGateway.isTimeout(getCause());
    }
}
