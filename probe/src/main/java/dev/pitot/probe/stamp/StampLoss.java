package dev.pitot.probe.stamp;

/// The packets that were lost, by direction as far as the reflector's own count tells.
public sealed interface StampLoss {
    /// Returns how many packets were not answered.
    long total();

    /// The reflector keeps a count of its own.
    ///
    /// @param forward packets that did not reach the reflector
    /// @param reverse answers that did not come back
    /// @param open packets after the last answered one: nobody knows where they were lost
    record ByDirection(long forward, long reverse, long open) implements StampLoss {
        @Override
        public long total() {
            return forward + reverse + open;
        }
    }

    /// The reflector repeats the sender's numbers, as TWAMP Light may and a stateless reflector does, or it
    /// was counting before this run, or no answer came.
    record Unknown(long total) implements StampLoss {}
}
