package dev.pitot.lab.run;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.engine.Engine;
import dev.pitot.lab.engine.Program;
import dev.pitot.lab.node.EngineKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What carries out the two ends of a test.
///
/// @param server null if a person runs the server
record Engines(Engine client, @Nullable Engine server) {
    /// Chooses programs that understand each other: what is wanted, else what the nodes prefer,
    /// else Pitot, iperf3, iperf 2. Pitot and iperf3 speak the same protocol, so one may be at
    /// one end and the other at the other.
    ///
    /// @param wanted at both ends; null for a choice
    /// @throws ConnectionException if a node cannot be asked, or there are no such programs
    static Engines between(Device client, Device server, @Nullable EngineKind wanted)
            throws ConnectionException, InterruptedException {
        for (EngineKind kind : order(client, wanted)) {
            Program ofClient = client.programs().get(kind);
            if (ofClient == null) {
                continue;
            }
            if (server.isUntouched()) {
                return new Engines(Engine.of(ofClient), null);
            }
            for (EngineKind other : order(server, wanted)) {
                Program ofServer = server.programs().get(other);
                if (ofServer != null && understandEachOther(kind, other)) {
                    return new Engines(Engine.of(ofClient), Engine.of(ofServer));
                }
            }
        }
        throw new ConnectionException(missing(client, server, wanted));
    }

    private static List<EngineKind> order(Device device, @Nullable EngineKind wanted) {
        if (wanted != null) {
            return List.of(wanted);
        }
        List<EngineKind> order = new ArrayList<>(List.of(EngineKind.values()));
        EngineKind preferred = device.node().programs().preferred();
        if (preferred != null) {
            order.remove(preferred);
            order.addFirst(preferred);
        }
        return order;
    }

    private static boolean understandEachOther(EngineKind one, EngineKind other) {
        return (one == EngineKind.IPERF2) == (other == EngineKind.IPERF2);
    }

    private static String missing(Device client, Device server, @Nullable EngineKind wanted)
            throws ConnectionException, InterruptedException {
        String both = server.isUntouched() ? has(client) : has(client) + ", " + has(server);
        String what =
                wanted == null ? "programs that understand each other are missing" : wanted.program() + " is missing";
        return what + " (" + both + "): install iperf3, or give its path under 'programs' in the plan";
    }

    private static String has(Device device) throws ConnectionException, InterruptedException {
        Map<EngineKind, Program> programs = device.programs();
        return device.node().name() + " has "
                + (programs.isEmpty()
                        ? "none"
                        : programs.keySet().stream().map(EngineKind::program).collect(Collectors.joining(" and ")));
    }
}
