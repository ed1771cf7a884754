package dev.pitot.lab.plan;

import java.time.Duration;
import java.util.List;

/// What is watched on a node while tests run.
///
/// @param kind what
/// @param node where
/// @param interval between two readings; of no meaning for what follows a log
/// @param arguments by kind: the interface of `NET_DEV` and `SIGNAL` (or none for the test
/// interface), the
///     target of `PING`, the file of `FOLLOW_FILE`, the command of `FOLLOW_COMMAND`, the
/// buffers of
///     `LOGCAT`
public record Monitor(Kind kind, String node, Duration interval, List<String> arguments) {
    public Monitor {
        arguments = List.copyOf(arguments);
    }

    /// What can be watched.
    public enum Kind {
        PING,
        NET_DEV,
        CPU,
        SIGNAL,
        BATTERY,
        FOLLOW_FILE,
        FOLLOW_COMMAND,
        LOGCAT
    }
}
