package dev.pitot.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Run of one script, from before its connection exists to its end. Thread-safe.
final class ScriptRun {
    private static final long TIMEOUT_SECONDS = 10;

    private final Script script;
    private final BlockingQueue<Optional<byte[]>> arrived = new LinkedBlockingQueue<>(); // empty: the end
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private volatile @Nullable ScriptPlayer scriptPlayer;

    ScriptRun(Script script) {
        this.script = script;
    }

    /// Plays the script on a new thread.
    void begin(Socket socket) {
        var begun = new ScriptPlayer(socket, bytes -> arrived.add(Optional.of(bytes)));
        scriptPlayer = begun;
        Thread.ofVirtual().name("scripted-peer").start(() -> play(begun));
    }

    byte[] take() throws InterruptedException {
        Optional<byte[]> next = arrived.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing arrived for " + TIMEOUT_SECONDS + " s");
        }
        if (next.isPresent()) {
            return next.get();
        }
        arrived.add(next); // for the next call
        throw new AssertionError("the script is over", end.isCompletedExceptionally() ? end.exceptionNow() : null);
    }

    void awaitEnd() throws InterruptedException {
        try {
            end.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the script failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the script is not over after " + TIMEOUT_SECONDS + " s", e);
        }
    }

    void close() throws IOException {
        ScriptPlayer begun = scriptPlayer;
        if (begun != null) {
            begun.hangUp();
        }
    }

    private void play(ScriptPlayer begun) {
        try {
            begun.play(script.steps());
            end.complete(null);
        } catch (IOException | InterruptedException | AssertionError e) {
            end.completeExceptionally(e);
        }
        arrived.add(Optional.empty());
    }
}
