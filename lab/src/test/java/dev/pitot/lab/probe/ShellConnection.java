package dev.pitot.lab.probe;

import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.remote.RunningCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Processes of this machine, as over ssh: letting a command go closes its outputs and ends
/// nothing. Remembers what was started.
public final class ShellConnection implements NodeConnection {
    private final @Nullable Path programs;
    private final List<List<String>> started = new CopyOnWriteArrayList<>();
    private final List<Process> processes = new CopyOnWriteArrayList<>();

    /// A connection without commands.
    ///
    /// @param programs a folder that is searched before `PATH`; null for none
    public ShellConnection(@Nullable Path programs) {
        this.programs = programs;
    }

    @Override
    public String name() {
        return "here";
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        var builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        if (programs != null) {
            environment.put("PATH", programs + ":" + environment.get("PATH"));
        }
        try {
            Process process = builder.start();
            started.add(command);
            processes.add(process);
            return new Running(process, lines);
        } catch (IOException e) {
            throw new ConnectionException("here does not know " + command.getFirst() + ".", e);
        }
    }

    /// The commands so far.
    public List<List<String>> started() {
        return new ArrayList<>(started);
    }

    /// Breaks every connection off: outputs are closed, processes go on.
    public void breakOff() {
        for (Process process : processes) {
            Running.closeOutputs(process);
        }
    }

    @Override
    public void close() {
        breakOff();
    }

    private static final class Running implements RunningCommand {
        private final Process process;
        private final List<Thread> readers = new ArrayList<>();
        private volatile boolean isLetGo;

        Running(Process process, LineListener lines) {
            this.process = process;
            readers.add(read(process.getInputStream(), OutputLine.Origin.OUT, lines));
            readers.add(read(process.getErrorStream(), OutputLine.Origin.ERR, lines));
        }

        private Thread read(InputStream stream, OutputLine.Origin origin, LineListener lines) {
            return Thread.ofVirtual().start(() -> {
                try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                    for (String text = reader.readLine(); text != null && !isLetGo; text = reader.readLine()) {
                        tell(lines, new OutputLine(Instant.now(), origin, text));
                    }
                } catch (IOException _) {
                    // closed from here
                }
            });
        }

        private synchronized void tell(LineListener lines, OutputLine line) {
            lines.onLine(line);
        }

        @Override
        public @Nullable CommandEnd await(Duration timeout) throws InterruptedException {
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return null;
            }
            for (Thread reader : readers) {
                reader.join(Duration.ofSeconds(1));
            }
            return isLetGo ? new CommandEnd.Abandoned() : new CommandEnd.Exited(process.exitValue());
        }

        @Override
        public void close() {
            isLetGo = true;
            closeOutputs(process);
        }

        static void closeOutputs(Process process) {
            try {
                process.getInputStream().close();
                process.getErrorStream().close();
            } catch (IOException _) {
                // closed all the same
            }
        }
    }
}
