package dev.pitot.lab.remote;

import java.time.Duration;
import java.util.List;

/// A command that has ended by itself, with its lines.
record Finished(int code, List<String> out, List<String> err) {
    static Finished run(NodeConnection connection, List<String> command, Duration timeout) throws Exception {
        var heard = new LineRecorder();
        try (RunningCommand running = connection.start(command, heard)) {
            CommandEnd end = running.await(timeout);
            if (!(end instanceof CommandEnd.Exited(int code))) {
                throw new AssertionError(end + " is the end of " + command);
            }
            return new Finished(code, heard.texts(OutputLine.Origin.OUT), heard.texts(OutputLine.Origin.ERR));
        }
    }

    boolean succeeded() {
        return code == 0;
    }
}
