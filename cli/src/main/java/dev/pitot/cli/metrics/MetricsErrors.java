package dev.pitot.cli.metrics;

import dev.pitot.model.event.TestListener;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Tells people what went wrong with live figures, which ends no test. Any thread.
final class MetricsErrors {
    private final Consumer<String> person;
    private final AtomicBoolean isLost = new AtomicBoolean();

    MetricsErrors(Consumer<String> person) {
        this.person = person;
    }

    void tell(String sentence) {
        person.accept(sentence);
    }

    /// Told once: what cannot be written now cannot be written later, and is missing then.
    void lost(String sentence) {
        if (isLost.compareAndSet(false, true)) {
            tell("error - " + sentence);
        }
    }

    boolean isLost() {
        return isLost.get();
    }

    /// The same listener, whose file may fail.
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
