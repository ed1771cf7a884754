package dev.pitot.lab.measurement;

import dev.pitot.lab.process.ProcessTag;
import dev.pitot.lab.tool.ToolCommand;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One end of a test: what is run, as which end, and where its output goes. Made for any number
/// of runs on any nodes. Immutable.
///
/// ```java
/// var client = IperfCommand.client(List.of("iperf3", "-c", "10.0.0.2"), Duration.ofSeconds(30), output);
/// var server = IperfCommand.server(List.of("iperf3", "-s", "-1", "--forceflush"), output);
/// IperfRun serving = server.start(serverDevice, "test_file");
/// CommandReport report = client.run(clientDevice, "test_file");
/// serving.stop();
/// ```
///
/// @param tool what is run, and how its output is read
/// @param deadline after which it is ended; null for none
/// @param isDetached whether its output stays on the node until it is over (apetools' daemon mode)
/// @param output where its lines and figures go
/// @param role which end it is
public record IperfCommand(
        ToolCommand tool, @Nullable Duration deadline, boolean isDetached, OutputSink output, Role role) {
    /// Which end of a test.
    public enum Role {
        CLIENT,
        SERVER
    }

    /// A client of any of the programs, whatever it writes.
    ///
    /// @param deadline after which it is ended; null for none
    public static IperfCommand client(List<String> words, @Nullable Duration deadline, OutputSink output) {
        return new IperfCommand(ToolCommand.of(words), deadline, false, output, Role.CLIENT);
    }

    /// A server of any of the programs, whatever it writes. It runs until it ends or is stopped.
    public static IperfCommand server(List<String> words, OutputSink output) {
        return new IperfCommand(ToolCommand.of(words), null, false, output, Role.SERVER);
    }

    /// Runs it to its end on the calling thread.
    ///
    /// @param name what the test is called, in the names of files
    /// @throws InterruptedException if this thread was interrupted; the program is ended then
    public CommandReport run(NodeHandle device, String name) throws InterruptedException {
        return on(device, name).execute();
    }

    /// Starts it, and goes on.
    ///
    /// @param name what the test is called, in the names of files
    public IperfRun start(NodeHandle device, String name) {
        IperfRun run = on(device, name);
        run.start();
        return run;
    }

    /// A run that has not begun. It is a session of its own: several may run on a node at once.
    private IperfRun on(NodeHandle device, String name) {
        return on(
                device,
                new ProcessTag(UUID.randomUUID().toString(), device.node().name(), role.name()),
                name);
    }

    /// A run that has not begun, of a session with a name of its own.
    IperfRun on(NodeHandle device, ProcessTag tag, String name) {
        return new IperfRun(this, device, tag, name);
    }
}
