package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/// A command that has ended by itself, with its lines.
record Finished(int code, List<String> out, List<String> err) {
    static Finished run(NodeConnection connection, List<String> command, Duration timeout) throws Exception {
        var heard = new LineRecorder();
        try (RunningCommand running = connection.start(command, heard)) {
            CommandEnd end = running.await(timeout);
            assertThat(end).as(command::toString).isInstanceOf(CommandEnd.Exited.class);
            return new Finished(
                    ((CommandEnd.Exited) end).code(),
                    heard.texts(OutputLine.Origin.OUT),
                    heard.texts(OutputLine.Origin.ERR));
        }
    }

    boolean succeeded() {
        return code == 0;
    }
}
