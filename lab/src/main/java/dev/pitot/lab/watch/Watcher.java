package dev.pitot.lab.watch;

import dev.pitot.lab.connection.ConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Carries one watch out on a virtual thread of its own, and comes back to a node that was lost.
/// Any thread may start and stop it.
final class Watcher {
    private final Source source;
    private final Sheet sheet;
    private final Pace pace;
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean isStopped;

    Watcher(String name, Source source, Sheet sheet, Pace pace) {
        this.source = source;
        this.sheet = sheet;
        this.pace = pace;
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
            sheet.lost("This watch has ended because of a fault of Pitot: " + e);
        } finally {
            source.close();
            sheet.close();
            ended.complete(null);
        }
    }

    private void watch() throws InterruptedException {
        Duration pause = pace.firstPause();
        while (!isStopped) {
            long before = sheet.signs();
            String reason = reasonOfLoss();
            if (isStopped) {
                return;
            }
            sheet.lost(reason);
            pause = sheet.signs() > before ? pace.firstPause() : pause;
            Waiting.pause(pause);
            pause = pace.after(pause);
        }
    }

    private String reasonOfLoss() throws InterruptedException {
        try {
            return source.read(sheet);
        } catch (ConnectionException e) {
            return e.getMessage() == null ? "The connection failed." : e.getMessage();
        }
    }
}
