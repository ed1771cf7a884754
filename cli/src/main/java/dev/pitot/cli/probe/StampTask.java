package dev.pitot.cli.probe;

import dev.pitot.cli.address.HostPort;
import dev.pitot.probe.stamp.ReflectorPlan;
import dev.pitot.probe.stamp.StampPlan;
import org.jspecify.annotations.Nullable;

/// The task of a command line of `pitot stamp`.
sealed interface StampTask {
    /// Show how it is used.
    ///
    /// @param text of the help
    record Help(String text) implements StampTask {}

    /// Measure.
    ///
    /// @param warning about the key's file; null if there is nothing to say
    record Send(
            HostPort reflector,
            StampPlan plan,
            boolean asJson,
            @Nullable String warning) implements StampTask {}

    /// Answer.
    ///
    /// @param warning about the key's file; null if there is nothing to say
    record Reflect(
            HostPort local,
            ReflectorPlan plan,
            boolean asJson,
            @Nullable String warning) implements StampTask {}
}
