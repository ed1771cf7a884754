package dev.pitot.lab.run;

import dev.pitot.lab.process.Mark;
import java.util.UUID;

/// One end of a test: what is run, as which end, and where its output goes. Made for any number
/// of runs on any nodes. Immutable.
///
/// ```java
/// var client = new IperfCommand(clientCall, output, IperfCommand.Role.CLIENT);
/// var server = new IperfCommand(serverCall, output, IperfCommand.Role.SERVER);
/// IperfRun serving = server.start(serverDevice, "test_file");
/// CommandReport report = client.run(clientDevice, "test_file");
/// serving.stop();
/// ```
///
/// @param call what is run
/// @param output where its lines and figures go
/// @param role which end it is
public record IperfCommand(CommandCall call, CommandOutput output, Role role) {
    /// Which end of a test.
    public enum Role {
        CLIENT,
        SERVER
    }

    /// Runs it to its end on the calling thread.
    ///
    /// @param name what the test is called, in the names of files
    /// @throws InterruptedException if this thread was interrupted; the program is ended then
    public CommandReport run(Device device, String name) throws InterruptedException {
        return on(device, name).carryOut();
    }

    /// Starts it, and goes on.
    ///
    /// @param name what the test is called, in the names of files
    public IperfRun start(Device device, String name) {
        IperfRun run = on(device, name);
        run.start();
        return run;
    }

    /// A run that has not begun. It is a session of its own: several may run on a node at once.
    ///
    /// @param name what the test is called, in the names of files
    public IperfRun on(Device device, String name) {
        return on(device, new Mark(UUID.randomUUID().toString(), device.node().name(), role.name()), name);
    }

    /// A run that has not begun, of a session with a name of its own.
    IperfRun on(Device device, Mark mark, String name) {
        return new IperfRun(this, device, mark, name);
    }
}
