package dev.pitot.lab.remote;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.NodeTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A program that has connected to a node, and waits to be killed. Arguments: port, login, key,
/// a script for the node whose first line it passes on, and options of `ssh`.
final class ConnectedProgram {
    private ConnectedProgram() {}

    static void main(String[] arguments) throws Exception {
        var options = List.of(arguments).subList(4, arguments.length);
        var settings = new ConnectionSettings.Ssh(
                "127.0.0.1", arguments[1], Integer.parseInt(arguments[0]), Path.of(arguments[2]), options);
        OpenSshConnection node = SshMasterTest.node(settings, Path.of("/dev/null"), NodeTimeouts.DEFAULT);
        var heard = new LineRecorder();
        try (RunningCommand running = node.start(List.of("sh", "-c", arguments[3]), heard)) {
            System.out.println("connected " + heard.next().text());
            running.await(LineRecorder.PATIENCE);
        }
        boolean _ = Thread.currentThread().join(Duration.ofHours(1)); // which nothing ends
    }
}
