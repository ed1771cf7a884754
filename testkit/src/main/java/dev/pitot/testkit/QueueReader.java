package dev.pitot.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reader of a queue's length in a [NamespacePath], about every 10 ms until it is closed: the true
/// queue that measurements are compared with. One `tc` process answers all readings. Any thread.
public final class QueueReader implements AutoCloseable {
    private static final long PAUSE_NANOS = 10_000_000;
    private static final Pattern ROOT = Pattern.compile(
            "\"root\":true.*?\"bytes\":(\\d+),\"packets\":\\d+,\"drops\":(\\d+).*?\"backlog\":(\\d+),\"qlen\":(\\d+)");

    private final Process tc;
    private final String device;
    private final List<QueueHistory.Reading> readings = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private QueueReader(Process tc, String device) {
        this.tc = tc;
        this.device = device;
        Thread.ofPlatform().daemon().name("queue-reader").start(this::read);
    }

    /// @param command `tc` in its batch mode, with statistics in JSON
    static QueueReader start(List<String> command, String device) throws IOException {
        return new QueueReader(ChildProcess.launch(new ProcessBuilder(command).redirectErrorStream(true)), device);
    }

    /// Readings so far.
    public QueueHistory history() {
        return new QueueHistory(List.copyOf(readings));
    }

    /// Ends the readings; those so far stay.
    @Override
    public void close() {
        closed = true;
        tc.destroyForcibly().onExit().join();
    }

    private void read() {
        try (Writer questions = tc.outputWriter();
                BufferedReader answers = tc.inputReader()) {
            while (!closed) {
                questions.write("qdisc show dev " + device + "\n");
                questions.flush();
                String answer = answers.readLine();
                if (answer == null) {
                    return;
                }
                readings.add(reading(answer));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException _) { // closed while it answered
        }
    }

    static QueueHistory.Reading reading(String answer) {
        Matcher matcher = ROOT.matcher(answer);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no queue at the root: " + answer);
        }
        return new QueueHistory.Reading(
                System.nanoTime(),
                Long.parseLong(matcher.group(3)),
                Integer.parseInt(matcher.group(4)),
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)));
    }
}
