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
final class Performance {
    private static final long PATIENCE_SECONDS = 10;

    private final Script script;
    private final BlockingQueue<Optional<byte[]>> arrived = new LinkedBlockingQueue<>(); // empty: the end
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private volatile @Nullable Conversation conversation;

    Performance(Script script) {
        this.script = script;
    }

    /// Plays the script on a new thread.
    void begin(Socket socket) {
        var begun = new Conversation(socket, bytes -> arrived.add(Optional.of(bytes)));
        conversation = begun;
        Thread.ofVirtual().name("scripted-peer").start(() -> play(begun));
    }

    byte[] take() throws InterruptedException {
        Optional<byte[]> next = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing arrived for " + PATIENCE_SECONDS + " s");
        }
        if (next.isPresent()) {
            return next.get();
        }
        arrived.add(next); // for the next call
        throw new AssertionError("the script is over", end.isCompletedExceptionally() ? end.exceptionNow() : null);
    }

    void awaitEnd() throws InterruptedException {
        try {
            end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the script failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the script is not over after " + PATIENCE_SECONDS + " s", e);
        }
    }

    void close() throws IOException {
        Conversation begun = conversation;
        if (begun != null) {
            begun.hangUp();
        }
    }

    private void play(Conversation begun) {
        try {
            begun.play(script.steps());
            end.complete(null);
        } catch (IOException | InterruptedException | AssertionError e) {
            end.completeExceptionally(e);
        }
        arrived.add(Optional.empty());
    }
}
