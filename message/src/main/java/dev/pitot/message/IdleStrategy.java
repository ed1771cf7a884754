package dev.pitot.message;

import dev.pitot.model.text.ErrorText;
import java.time.Duration;

/// What an endpoint with a thread of its own does while there is nothing to do.
public sealed interface IdleStrategy {
    /// Looks again at once: the lowest latency, for a whole processor.
    IdleStrategy SPIN = new Spin();

    /// Sleeps until a datagram comes, something is sent or a timer is due: nearly no processor
    /// time, for some ten microseconds of latency.
    IdleStrategy SELECT = new Select();

    /// Sleeps for a fixed time, then looks again.
    ///
    /// @param pause more than 0, 1 s at most
    static IdleStrategy park(Duration pause) {
        return new Park(pause);
    }

    /// See [IdleStrategy#SPIN].
    record Spin() implements IdleStrategy {}

    /// See [IdleStrategy#SELECT].
    record Select() implements IdleStrategy {}

    /// See [IdleStrategy#park(Duration)].
    record Park(Duration pause) implements IdleStrategy {
        /// @throws IllegalArgumentException if the pause is out of range
        public Park {
            if (!pause.isPositive() || pause.compareTo(Duration.ofSeconds(1)) > 0) {
                throw new IllegalArgumentException("pause not in 0..1 s: " + ErrorText.of(pause));
            }
        }
    }
}
