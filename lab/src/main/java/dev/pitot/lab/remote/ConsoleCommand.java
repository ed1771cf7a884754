package dev.pitot.lab.remote;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A command behind a console. The thread that waits for its end reads its files.
///
/// @param strays lines of the console that are nobody's, until they are handed on
/// @param end counted down when nobody wants it any more
record ConsoleCommand(int number, Follower follower, BlockingQueue<String> strays, CountDownLatch end)
        implements StreamedCommand.Carrier {
    private static final int KEPT_STRAYS = 1_000; // the oldest

    /// Reads the files of a command until it has ended.
    @FunctionalInterface
    interface Follower {
        CommandEnd follow(ConsoleCommand command, StreamedCommand output) throws InterruptedException;
    }

    ConsoleCommand(int number, Follower follower) {
        this(number, follower, new ArrayBlockingQueue<>(KEPT_STRAYS), new CountDownLatch(1));
    }

    @Override
    public Map<OutputLine.Origin, InputStream> outputs() {
        return Map.of();
    }

    @Override
    public Thread.Builder threads() {
        return Thread.ofVirtual();
    }

    @Override
    public CommandEnd awaitEnd(StreamedCommand output) throws InterruptedException {
        CommandEnd how = follower.follow(this, output);
        deliverStrays(output);
        output.takeEnd(OutputLine.Origin.OUT);
        output.takeEnd(OutputLine.Origin.ERR);
        return how;
    }

    /// Hands on what came: lines of the console itself first, as if of standard error.
    void deliver(BackgroundJobs.Poll poll, StreamedCommand output) {
        deliverStrays(output);
        deliver(OutputLine.Origin.OUT, poll.out(), output);
        deliver(OutputLine.Origin.ERR, poll.err(), output);
    }

    private void deliverStrays(StreamedCommand output) {
        for (String line = strays.poll(); line != null; line = strays.poll()) {
            output.takeLine(OutputLine.Origin.ERR, line);
        }
    }

    private static void deliver(OutputLine.Origin origin, String text, StreamedCommand output) {
        if (!text.isEmpty()) {
            output.take(origin, text.getBytes(StandardCharsets.ISO_8859_1), text.length());
        }
    }

    /// Whether it is let go within a time.
    boolean isLetGoWithin(Duration time) throws InterruptedException {
        return end.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void abort() {
        end.countDown();
    }

    @Override
    public void release() {
        // it was read to its end
    }
}
