package dev.pitot.engine.session;

import dev.pitot.model.result.Ending;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Whether a test is still wanted at this end. Any thread; the first wish to stop it counts, and
/// so does its reason.
public final class Cancellation {
    private final AtomicReference<Ending.@Nullable Cancelled> wish = new AtomicReference<>();

    /// The test is no longer wanted.
    ///
    /// @param reason for people, for example the name of a signal
    public void request(@Nullable String reason) {
        wish.compareAndSet(null, new Ending.Cancelled(reason));
    }

    public boolean isRequested() {
        return wish.get() != null;
    }

    /// How the test then ends.
    public Ending.Cancelled ending() {
        Ending.Cancelled requested = wish.get();
        return requested == null ? new Ending.Cancelled(null) : requested;
    }
}
