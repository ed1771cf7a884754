package dev.pitot.lab.watch;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.Line;
import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.connection.RunningCommand;
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
final class ShellConnection implements Connection {
    private final @Nullable Path programs;
    private final List<List<String>> started = new CopyOnWriteArrayList<>();
    private final List<Process> processes = new CopyOnWriteArrayList<>();

    /// A connection without commands.
    ///
    /// @param programs a folder that is searched before `PATH`; null for none
    ShellConnection(@Nullable Path programs) {
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
    List<List<String>> started() {
        return new ArrayList<>(started);
    }

    /// Breaks every connection off: outputs are closed, processes go on.
    void breakOff() {
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
            readers.add(read(process.getInputStream(), Line.Origin.OUT, lines));
            readers.add(read(process.getErrorStream(), Line.Origin.ERR, lines));
        }

        private Thread read(InputStream stream, Line.Origin origin, LineListener lines) {
            return Thread.ofVirtual().start(() -> {
                try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                    for (String text = reader.readLine(); text != null && !isLetGo; text = reader.readLine()) {
                        tell(lines, new Line(Instant.now(), origin, text));
                    }
                } catch (IOException _) {
                    // closed from here
                }
            });
        }

        private synchronized void tell(LineListener lines, Line line) {
            lines.onLine(line);
        }

        @Override
        public @Nullable CommandEnd await(Duration patience) throws InterruptedException {
            if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return null;
            }
            for (Thread reader : readers) {
                reader.join(Duration.ofSeconds(1));
            }
            return isLetGo ? new CommandEnd.LetGo() : new CommandEnd.Exited(process.exitValue());
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
