package dev.pitot.cli.metrics;

import dev.pitot.model.event.TestListener;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Reporter of metrics errors, which do not end a test. Safe for any thread.
final class MetricsErrors {
    private final Consumer<String> person;
    private final AtomicBoolean isLost = new AtomicBoolean();

    MetricsErrors(Consumer<String> person) {
        this.person = person;
    }

    void tell(String sentence) {
        person.accept(sentence);
    }

    /// Reported once: a file that cannot be written now stays incomplete.
    void lost(String sentence) {
        if (isLost.compareAndSet(false, true)) {
            tell("error - " + sentence);
        }
    }

    boolean isLost() {
        return isLost.get();
    }

    /// Wraps a listener so that its file errors are reported.
    TestListener guarded(TestListener file) {
        return event -> {
            try {
                file.onEvent(event);
            } catch (UncheckedIOException e) {
                Throwable cause = e.getCause();
                lost(String.valueOf((cause == null ? e : cause).getMessage()));
            }
        };
    }
}
