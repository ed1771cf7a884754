package dev.pitot.lab.probe;

import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.remote.RunningCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A node that does what its script says: the first command plays the first act, and so on. Later
/// commands play the last act. Each line comes a second after the one before, from
/// 2026-01-02T03:04:05Z on.
public final class ScriptedConnection implements NodeConnection {
    /// When the first line of all comes.
    public static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

    private final List<Act> acts;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger seconds = new AtomicInteger();
    private final CountDownLatch isStarted = new CountDownLatch(1);
    private final List<List<String>> started = new CopyOnWriteArrayList<>();
    private final List<List<String>> ended = new CopyOnWriteArrayList<>();

    /// What one command does.
    ///
    /// @param lines `MARK` stands for the mark of our scripts
    /// @param end null to go on for ever
    /// @param refusal of the connection; null for none
    /// @param isHanging whether the connection never comes
    public record Act(
            List<String> lines,
            @Nullable CommandEnd end,
            @Nullable String refusal,
            boolean isHanging) {
        public static Act of(CommandEnd end, String... lines) {
            return new Act(List.of(lines), end, null, false);
        }

        public static Act goesOn(String... lines) {
            return new Act(List.of(lines), null, null, false);
        }

        public static Act refused(String reason) {
            return new Act(List.of(), null, reason, false);
        }

        public static Act never() {
            return new Act(List.of(), null, null, true);
        }
    }

    public ScriptedConnection(Act... acts) {
        this.acts = List.of(acts);
    }

    @Override
    public String name() {
        return "scripted";
    }

    /// The commands so far, without those that end our scripts.
    public List<List<String>> started() {
        return new ArrayList<>(started);
    }

    /// The commands so far that end our scripts.
    public List<List<String>> ended() {
        return new ArrayList<>(ended);
    }

    public void awaitStart() throws InterruptedException {
        if (!isStarted.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no command was started");
        }
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        isStarted.countDown();
        if (command.stream().anyMatch(word -> word.contains("kill -s TERM"))) {
            ended.add(command);
            lines.onLine(new OutputLine(BEGIN, OutputLine.Origin.OUT, "gone 1 0"));
            return new Running(new CommandEnd.Exited(0));
        }
        started.add(command);
        Act act = acts.get(Math.min(next.getAndIncrement(), acts.size() - 1));
        if (act.isHanging()) {
            hang();
        }
        if (act.refusal() != null) {
            throw new ConnectionException(act.refusal());
        }
        String mark = command.stream()
                .filter(word -> word.startsWith("pitot-mark-"))
                .findFirst()
                .orElse("");
        var running = new Running(null);
        Thread.ofVirtual().start(() -> {
            for (String line : act.lines()) {
                Instant arrival = BEGIN.plusSeconds(seconds.getAndIncrement());
                OutputLine.Origin origin = line.startsWith("ERR ") ? OutputLine.Origin.ERR : OutputLine.Origin.OUT;
                lines.onLine(
                        new OutputLine(arrival, origin, line.replace("ERR ", "").replace("MARK", mark)));
            }
            if (act.end() != null) {
                running.end.complete(act.end());
            }
        });
        return running;
    }

    @Override
    public void close() {
        // nothing is open
    }

    private static void hang() throws ConnectionException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException("interrupted", e);
        }
    }

    private static final class Running implements RunningCommand {
        private final CompletableFuture<CommandEnd> end = new CompletableFuture<>();

        Running(@Nullable CommandEnd end) {
            if (end != null) {
                this.end.complete(end);
            }
        }

        @Override
        public @Nullable CommandEnd await(Duration timeout) throws InterruptedException {
            try {
                return end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                return null;
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            end.complete(new CommandEnd.Abandoned());
        }
    }
}
