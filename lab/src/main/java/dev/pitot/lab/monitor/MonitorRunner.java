package dev.pitot.lab.monitor;

import dev.pitot.lab.probe.Sleep;
import dev.pitot.lab.remote.ConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Carries one watch out on a virtual thread of its own, and comes back to a node that was lost.
/// Any thread may start and stop it.
final class MonitorRunner {
    private final MonitorSource source;
    private final MonitorLog log;
    private final ReconnectPolicy policy;
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean isStopped;

    MonitorRunner(String name, MonitorSource source, MonitorLog log, ReconnectPolicy policy) {
        this.source = source;
        this.log = log;
        this.policy = policy;
        thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Lets it end; [#ended] tells when.
    void stop() {
        isStopped = true;
        thread.interrupt();
    }

    /// Comes when nothing is written any more.
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void run() {
        try {
            watch();
        } catch (InterruptedException _) {
            // it was stopped
        } catch (RuntimeException | Error e) { // a watch may fail, but never disturb a test
            log.lost("This watch has ended because of a fault of Pitot: " + e);
        } finally {
            source.close();
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
            Sleep.pause(pause);
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
