package dev.pitot.client;

import dev.pitot.command.CommandLine;
import dev.pitot.command.Environment;
import dev.pitot.command.Request;
import dev.pitot.command.UsageException;
import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.ServerBuilder;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Configures clients and servers from iperf3 command-line arguments, for programs that already
/// have a command line. Environment variables are not read; invalid arguments throw an exception
/// and never end the process.
public final class IperfArguments {
    private IperfArguments() {}

    /// Creates a client from iperf3's arguments: `-c`, `host` and options, in any order. Later
    /// calls to the builder override them. The password comes from `--password-file` or
    /// [ClientBuilder#credentials].
    ///
    /// @param arguments without the program's name
    /// @throws IllegalArgumentException with iperf3's message if the arguments are invalid, or if
    ///     one of them controls the command's output (`-J`, `-V`, `--logfile` …)
    public static ClientBuilder client(List<String> arguments) {
        if (!(parse(arguments) instanceof Request.Client(var config, var settings))) {
            throw new IllegalArgumentException("these are not a client's arguments (-c host): " + arguments);
        }
        ClientBuilder client = Iperf.client(config);
        SocketFamily family = family(settings);
        return family == null ? client : client.sockets(family);
    }

    /// Creates a server from iperf3's arguments: `-s` and options.
    ///
    /// @param arguments without the program's name
    /// @throws IllegalArgumentException with iperf3's message if the arguments are invalid, or if
    ///     one of them controls the command's process or output (`-D`, `-J`, `--logfile` …)
    public static ServerBuilder server(List<String> arguments) {
        if (!(parse(arguments) instanceof Request.Server(var config, boolean isDaemon, var settings))) {
            throw new IllegalArgumentException("these are not a server's arguments (-s): " + arguments);
        }
        if (isDaemon) {
            throw new IllegalArgumentException(
                    "-D applies to the command only: a server object always runs in the background");
        }
        ServerBuilder server = Iperf.server(config);
        SocketFamily family = family(settings);
        return family == null ? server : server.sockets(family);
    }

    private static Request parse(List<String> arguments) {
        try {
            return CommandLine.parse(arguments, () -> null, Environment.NONE);
        } catch (UsageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// Returns the socket family requested, or null for the default.
    private static @Nullable SocketFamily family(Request.RunSettings settings) {
        if (settings.isForProgram()) {
            throw new IllegalArgumentException(
                    "-J, --json-stream, -V, -d, -f, --timestamps, --logfile, -I, --push.* and --metrics.* control the"
                            + " command's output: the library prints nothing, add a listener instead");
        }
        String name = settings.socketFamily();
        return name == null ? null : SocketFamilies.named(name);
    }
}
