package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The real Pushgateway installed on this machine, killed on close. Tests that use it are annotated
/// with [Needs].
public final class PushgatewayProcess implements AutoCloseable {
    private final ChildProcess process;
    private final int port;

    private PushgatewayProcess(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts it on a free port and waits until it responds.
    ///
    /// @param folder folder for its persistence file; without one Debian's version keeps metrics
    ///     across restarts
    public static PushgatewayProcess start(Path folder) throws IOException, InterruptedException {
        int port = FreePort.find();
        ChildProcess process = ChildProcess.start(List.of(
                "prometheus-pushgateway",
                "--web.listen-address=127.0.0.1:" + port,
                "--persistence.file=" + folder.resolve("pushed")));
        var gateway = new PushgatewayProcess(process, port);
        MetricsPage.await(port, page -> {
            if (!process.isRunning()) {
                throw new AssertionError("it ended: " + process);
            }
            return !page.lines().isEmpty();
        });
        return gateway;
    }

    /// Address for pushes.
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /// Port for [MetricsPage].
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }
}
