package dev.pitot.client;

import dev.pitot.command.CommandLine;
import dev.pitot.command.Request;
import dev.pitot.command.UsageException;
import dev.pitot.command.Variables;
import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.ServerBuilder;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// iperf3's own arguments instead of calls, for programs that have a command line already. Nothing
/// is read from the environment, and bad arguments are an exception, never the end of the process.
public final class IperfArguments {
    private IperfArguments() {}

    /// A client as iperf3's command line describes it: `-c`, `host` and options, in any order.
    /// Further steps change what it says. A password comes from `--password-file`, or by
    /// [ClientBuilder#credentials].
    ///
    /// @param arguments without the program's name
    /// @throws IllegalArgumentException with iperf3's sentence if they ask for nothing that can
    ///     be done, or say how a program shows results (`-J`, `-V`, `--logfile` …)
    public static ClientBuilder client(List<String> arguments) {
        if (!(parse(arguments) instanceof Request.Client(var config, var surroundings))) {
            throw new IllegalArgumentException("these are not a client's arguments (-c host): " + arguments);
        }
        ClientBuilder client = Iperf.client(config);
        SocketFamily family = family(surroundings);
        return family == null ? client : client.sockets(family);
    }

    /// A server as iperf3's command line describes it: `-s` and options.
    ///
    /// @param arguments without the program's name
    /// @throws IllegalArgumentException with iperf3's sentence if they ask for nothing that can
    ///     be done, or say how a program runs and shows results (`-D`, `-J`, `--logfile` …)
    public static ServerBuilder server(List<String> arguments) {
        if (!(parse(arguments) instanceof Request.Server(var config, boolean isDaemon, var surroundings))) {
            throw new IllegalArgumentException("these are not a server's arguments (-s): " + arguments);
        }
        if (isDaemon) {
            throw new IllegalArgumentException("-D is for the program: a server object is in the background anyway");
        }
        ServerBuilder server = Iperf.server(config);
        SocketFamily family = family(surroundings);
        return family == null ? server : server.sockets(family);
    }

    private static Request parse(List<String> arguments) {
        try {
            return CommandLine.parse(arguments, () -> null, Variables.NONE);
        } catch (UsageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// The family that was asked for, or null for the best.
    private static @Nullable SocketFamily family(Request.Surroundings surroundings) {
        if (surroundings.isForProgram()) {
            throw new IllegalArgumentException(
                    "-J, --json-stream, -V, -d, -f, --timestamps, --logfile, -I, --push.* and --metrics.* say what the"
                            + " program shows: a library shows nothing, add a listener instead");
        }
        String name = surroundings.socketFamily();
        return name == null ? null : SocketFamilies.named(name);
    }
}
