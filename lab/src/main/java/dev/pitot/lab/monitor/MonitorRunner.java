package dev.pitot.lab.monitor;

import dev.pitot.lab.remote.ConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Carries one monitor out on a virtual thread of its own, and comes back to a node that was lost. Any
/// thread may start and stop it.
final class MonitorRunner {
    private final Source source;
    private final MonitorLog log;
    private final ReconnectPolicy policy;
    private final Thread thread;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile boolean isStopped;

    /// The source of a monitor's readings.
    @FunctionalInterface
    interface Source {
        /// Reads until the node is lost.
        ///
        /// @return why it was, a sentence
        String read(MonitorLog log) throws ConnectionException, InterruptedException;
    }

    /// How long a lost node is waited for.
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

    MonitorRunner(Source source, MonitorLog log, ReconnectPolicy policy) {
        this.source = source;
        this.log = log;
        this.policy = policy;
        thread = Thread.ofVirtual().name("monitor").start(this::run);
    }

    /// Lets it end. It is interrupted once only: then it ends its command on the node.
    ///
    /// @return comes when nothing is written any more
    CompletableFuture<@Nullable Void> stop() {
        if (!isStopped) {
            isStopped = true;
            thread.interrupt();
        }
        return ended;
    }

    private void run() {
        try {
            watch();
        } catch (InterruptedException _) {
            // it was stopped
        } catch (RuntimeException | Error e) { // a monitor may fail, but never disturb a test
            log.lost("This monitor has ended because of a fault of Pitot: " + e);
        } finally {
            log.close();
            ended.complete(null);
        }
    }

    private void watch() throws InterruptedException {
        Duration pause = policy.firstPause();
        while (!isStopped) {
            long before = log.contacts();
            String reason = reasonOfLoss();
            if (isStopped) {
                return;
            }
            log.lost(reason);
            pause = log.contacts() > before ? policy.firstPause() : pause;
            Thread.sleep(pause);
            pause = policy.after(pause);
        }
    }

    private String reasonOfLoss() throws InterruptedException {
        try {
            return source.read(log);
        } catch (ConnectionException e) {
            return e.getMessage() == null ? "The connection failed." : e.getMessage();
        }
    }
}
