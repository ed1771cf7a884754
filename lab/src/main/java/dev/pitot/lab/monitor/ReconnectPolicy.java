package dev.pitot.lab.monitor;

import java.time.Duration;

/// How patient a watcher is.
///
/// @param silence after which a node that should speak counts as lost
/// @param firstPause before a lost node is tried again; doubled each time
/// @param longestPause the most it becomes
record ReconnectPolicy(Duration silence, Duration firstPause, Duration longestPause) {
    /// A loop gives a sign of life every 2 s; a ping without an answer takes one more.
    static final ReconnectPolicy DEFAULT =
            new ReconnectPolicy(Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofSeconds(30));

    Duration after(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(longestPause) > 0 ? longestPause : twice;
    }
}
