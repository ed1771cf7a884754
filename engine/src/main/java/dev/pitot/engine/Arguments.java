package dev.pitot.engine;

import dev.pitot.command.CommandLine;
import dev.pitot.command.Request;
import dev.pitot.command.UsageException;
import dev.pitot.command.Variables;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// iperf3's own arguments instead of calls. Bad ones are an exception, never the end of the
/// process.
final class Arguments {
    private Arguments() {}

    /// @throws IllegalArgumentException as [Iperf#client(List)]
    static ClientBuilder client(List<String> arguments) {
        if (!(parse(arguments) instanceof Request.Client(var config, var surroundings))) {
            throw new IllegalArgumentException("these are not a client's arguments (-c host): " + arguments);
        }
        var client = new ClientBuilder(config);
        SocketFamily family = family(surroundings);
        return family == null ? client : client.sockets(family);
    }

    /// @throws IllegalArgumentException as [Iperf#server(List)]
    static ServerBuilder server(List<String> arguments) {
        if (!(parse(arguments) instanceof Request.Server(var config, boolean isDaemon, var surroundings))) {
            throw new IllegalArgumentException("these are not a server's arguments (-s): " + arguments);
        }
        if (isDaemon) {
            throw new IllegalArgumentException("-D is for the program: a server object is in the background anyway");
        }
        ServerBuilder server = new ServerBuilder().config(config);
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
