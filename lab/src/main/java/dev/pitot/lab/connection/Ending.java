package dev.pitot.lab.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The end of a command, once it is known: the first one told counts. Any thread may use it.
final class Ending {
    private static final Duration LONGEST = Duration.ofDays(10_000); // fits into 63 bits of nanoseconds

    private final CompletableFuture<CommandEnd> end = new CompletableFuture<>();

    /// Tells it.
    ///
    /// @return whether it is the first
    boolean tell(CommandEnd how) {
        return end.complete(how);
    }

    boolean isKnown() {
        return end.isDone();
    }

    /// Waits for it.
    ///
    /// @return null if it is not known when the patience is over
    @Nullable CommandEnd await(Duration patience) throws InterruptedException {
        Duration bounded = patience.compareTo(LONGEST) < 0 ? patience : LONGEST;
        try {
            return end.get(bounded.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return null;
        } catch (ExecutionException e) { // nobody completes it so
            throw new IllegalStateException(e);
        }
    }
}
