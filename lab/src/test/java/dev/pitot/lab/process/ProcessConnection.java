package dev.pitot.lab.process;

import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.remote.RunningCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Processes of this machine as commands of a node, behind a fixed beginning (such as `unshare
/// …`), on a link that can be told to break. Any thread may use it.
public final class ProcessConnection implements NodeConnection {
    private final List<String> prefix;
    private final AtomicInteger lossesDue = new AtomicInteger();
    private final AtomicReference<List<String>> cut = new AtomicReference<>(List.of());
    private final AtomicInteger started = new AtomicInteger();

    public ProcessConnection(String... prefix) {
        this.prefix = List.of(prefix);
    }

    @Override
    public String name() {
        return "this machine";
    }

    /// The next commands end with the loss of the connection, before they do anything.
    void loseNext(int commands) {
        lossesDue.set(commands);
    }

    /// The connection is lost when the next command has written these lines, the last one in part.
    void cutNext(String... written) {
        cut.set(List.of(written));
    }

    public int startedCommands() {
        return started.get();
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        started.incrementAndGet();
        if (lossesDue.getAndUpdate(due -> Math.max(0, due - 1)) > 0) {
            return new Lost();
        }
        List<String> written = cut.getAndSet(List.of());
        if (!written.isEmpty()) {
            written.forEach(text ->
                    lines.onLine(new OutputLine(InstantSource.system().instant(), OutputLine.Origin.OUT, text)));
            return new Lost();
        }
        List<String> words = new ArrayList<>(prefix);
        words.addAll(command);
        try {
            return new Running(new ProcessBuilder(words).start(), lines);
        } catch (IOException e) {
            throw new ConnectionException(name() + " cannot start " + words.getFirst(), e);
        }
    }

    @Override
    public void close() {}

    private record Lost() implements RunningCommand {
        @Override
        public CommandEnd await(Duration timeout) {
            return new CommandEnd.ConnectionLost("this machine is gone: plug it in");
        }

        @Override
        public void close() {}
    }

    private static final class Running implements RunningCommand {
        private final Process process;
        private final LineListener lines;
        private final CountDownLatch readers = new CountDownLatch(2);

        Running(Process process, LineListener lines) throws IOException {
            this.process = process;
            this.lines = lines;
            process.getOutputStream().close();
            Thread.ofVirtual().start(() -> read(process.inputReader(), OutputLine.Origin.OUT));
            Thread.ofVirtual().start(() -> read(process.errorReader(), OutputLine.Origin.ERR));
        }

        private void read(BufferedReader reader, OutputLine.Origin origin) {
            try (reader) {
                for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                    synchronized (lines) {
                        lines.onLine(new OutputLine(InstantSource.system().instant(), origin, text));
                    }
                }
            } catch (IOException _) { // killed
            } finally {
                readers.countDown();
            }
        }

        @Override
        public @Nullable CommandEnd await(Duration timeout) throws InterruptedException {
            boolean ended =
                    process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS) && readers.await(1, TimeUnit.SECONDS);
            return ended ? new CommandEnd.Exited(process.exitValue()) : null;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
