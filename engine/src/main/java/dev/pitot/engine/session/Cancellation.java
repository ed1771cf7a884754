package dev.pitot.engine.session;

import dev.pitot.model.result.Ending;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Cancellation request of a test. Any thread; the first request and its reason count.
public final class Cancellation {
    private final AtomicReference<Ending.@Nullable Cancelled> wish = new AtomicReference<>();

    /// Requests the end of the test.
    ///
    /// @param reason text for the report, for example the name of a signal
    public void request(@Nullable String reason) {
        wish.compareAndSet(null, new Ending.Cancelled(reason));
    }

    public boolean isRequested() {
        return wish.get() != null;
    }

    /// Outcome of a cancelled test.
    public Ending.Cancelled ending() {
        Ending.Cancelled requested = wish.get();
        return requested == null ? new Ending.Cancelled(null) : requested;
    }
}
