package dev.pitot.lab.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Types on a wire and reads what it shows, so that a thread that waits for either can give up: two
/// threads do the waiting, and end when the wire is closed. What nobody reads is kept up
/// to a limit; then the other side has to wait. One thread at a time may use it; any may close.
///
/// Text here is bytes: each character stands for one (ISO 8859-1).
final class ConsoleIo implements AutoCloseable {
    private static final int KEPT_BYTES = 1 << 16;
    private static final int END = -1;

    private final ConsoleTransport wire;
    private final BlockingQueue<Integer> shown = new ArrayBlockingQueue<>(KEPT_BYTES);
    private final BlockingQueue<String> typed = new ArrayBlockingQueue<>(64);
    private final Thread reader;
    private final Thread writer;
    private boolean hasEnded;

    ConsoleIo(String name, ConsoleTransport wire) {
        this.wire = wire;
        // Platform threads, since a thread that waits at a pipe of the system holds a carrier of
        // virtual ones
        reader = Thread.ofPlatform().daemon().name(name + " reader").start(this::readAll);
        writer = Thread.ofPlatform().daemon().name(name + " writer").start(this::writeAll);
    }

    private void readAll() {
        try {
            try {
                InputStream input = wire.input();
                // Byte by byte: a longer read of telnet waits for more behind an option.
                for (int next = input.read(); next >= 0; next = input.read()) {
                    shown.put(next);
                }
            } catch (IOException e) { // as good as its end: there will be nothing more
                shown.put(END);
            }
            shown.put(END);
        } catch (InterruptedException e) { // closed: nobody reads any more
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        try {
            OutputStream output = wire.output();
            while (true) {
                output.write(typed.take().getBytes(StandardCharsets.ISO_8859_1));
                output.flush();
            }
        } catch (IOException e) { // there is no use in reading either
            close();
        } catch (InterruptedException e) { // closed
            Thread.currentThread().interrupt();
        }
    }

    /// Types, without waiting for it to be sent.
    ///
    /// @return false if too much waits to be sent already: the other side does not listen
    boolean type(String text) {
        return typed.offer(text);
    }

    /// What is shown meanwhile.
    ///
    /// @return empty if nothing was within the timeout; null if nothing will ever be
    @Nullable String read(Duration timeout) throws InterruptedException {
        if (hasEnded) {
            return null;
        }
        Integer first = shown.poll(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
        if (first == null) {
            hasEnded = !reader.isAlive() && shown.isEmpty();
            return hasEnded ? null : "";
        }
        List<Integer> all = new ArrayList<>();
        all.add(first);
        shown.drainTo(all, KEPT_BYTES);
        var text = new StringBuilder();
        for (int next : all) {
            if (next == END) {
                hasEnded = true;
                return text.isEmpty() ? null : text.toString();
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Override
    public void close() {
        wire.close();
        reader.interrupt();
        writer.interrupt();
        if (!shown.offer(END)) { // the interrupted reader may not add it
            shown.clear();
            shown.offer(END);
        }
    }
}
