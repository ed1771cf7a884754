package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The real Pushgateway of this machine, which is killed when this is closed. Tests that use it
/// carry [Needs].
public final class RunningPushgateway implements AutoCloseable {
    private final ChildProcess process;
    private final int port;

    private RunningPushgateway(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts it on a free port and waits until it answers.
    ///
    /// @param folder for what it keeps; Debian's keeps that over its end, unless told where
    public static RunningPushgateway start(Path folder) throws IOException, InterruptedException {
        int port = FreePort.find();
        ChildProcess process = ChildProcess.start(List.of(
                "prometheus-pushgateway",
                "--web.listen-address=127.0.0.1:" + port,
                "--persistence.file=" + folder.resolve("pushed")));
        var gateway = new RunningPushgateway(process, port);
        MetricsPage.await(port, page -> {
            if (!process.isRunning()) {
                throw new AssertionError("it ended: " + process);
            }
            return !page.lines().isEmpty();
        });
        return gateway;
    }

    /// Where it takes pushes.
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /// Where [MetricsPage] finds what was pushed.
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }
}
