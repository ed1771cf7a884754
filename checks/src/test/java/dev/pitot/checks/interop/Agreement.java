package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.program.Document;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// One test between Pitot and a real iperf3, as reported by each of them.
///
/// @param client the client's document
/// @param server the server's document
record Agreement(Document client, Document server) {
    private static final double MICROSECOND = 1e-6; // resolution of iperf3's times

    /// Assignment of the programs to the roles.
    enum Roles {
        PITOT_IS_CLIENT,
        PITOT_IS_SERVER
    }

    /// Combines each option with Pitot as the client and as the server.
    static Stream<Arguments> inBothRoles(String... options) {
        return Stream.of(options)
                .flatMap(option -> Stream.of(Roles.values()).map(roles -> Arguments.of(option, roles)));
    }

    /// Runs a test to its end.
    static Agreement of(String options, Roles roles) throws Exception {
        boolean pitotIsClient = roles == Roles.PITOT_IS_CLIENT;
        try (ServerProcess server = pitotIsClient ? Iperf3.server("-1", "-J") : PitotProcess.server("-1", "-J")) {
            String host = options.contains("-6") ? "::1" : "127.0.0.1";
            List<String> args = new ArrayList<>(List.of("-c", host, "-p", String.valueOf(server.port()), "-J"));
            args.addAll(List.of(options.replace("CPORT", ownPort(roles)).split(" ")));
            String[] client = args.toArray(String[]::new);
            try (ChildProcess started = pitotIsClient ? PitotProcess.start(client) : Iperf3.start(client)) {
                String clientJson = stdout(started);
                String serverJson = stdout(server.process());
                // iperf3 3.12 repeats keys; ours must not.
                return pitotIsClient
                        ? new Agreement(Document.strict(clientJson), Document.lenient(serverJson))
                        : new Agreement(Document.lenient(clientJson), Document.strict(serverJson));
            }
        }
    }

    /// Returns a port per role, since both roles may run at the same time.
    private static String ownPort(Roles roles) {
        return switch (roles) {
            case PITOT_IS_CLIENT -> "21680";
            case PITOT_IS_SERVER -> "21681";
        };
    }

    private static String stdout(ChildProcess process) throws InterruptedException {
        Exit exit = process.awaitExit();
        assertThat(exit.code()).as(exit.toString()).isZero();
        return exit.stdout();
    }

    /// Checks that a server's receivers report at least the client's duration, so that equal bytes
    /// never give a higher rate at the receiving end. (With a warm-up each end omits its own seconds.)
    void checkSeconds(String options) {
        if (server.text("start.version").contains("Pitot") && !options.contains("-R") && !options.contains("-O")) {
            assertThat(client.decimal("end.sum_received.seconds"))
                    .isGreaterThanOrEqualTo(client.decimal("end.sum_sent.seconds") - MICROSECOND);
        }
    }

    /// Checks the server's values about itself and the parameters that both agreed on.
    void check(String options) {
        String serverSum = options.contains("-R") ? "end.sum_sent" : "end.sum_received";
        assertThat(client.number(serverSum + ".bytes")).isEqualTo(server.number(serverSum + ".bytes"));
        assertThat(client.number(serverSum + ".bytes")).isPositive();
        assertThat(client.text("start.cookie")).isEqualTo(server.text("start.cookie"));
        assertThat(client.text("end.cpu_utilization_percent.remote_total"))
                .isEqualTo(server.text("end.cpu_utilization_percent.host_total"));
        assertThat(client.all("start.connected[].local_port")).isEqualTo(server.all("start.connected[].remote_port"));
        for (String key : List.of("num_streams", "blksize", "omit", "duration", "bytes", "blocks", "reverse", "tos")) {
            assertThat(client.text("start.test_start." + key))
                    .as(key)
                    .isEqualTo(server.text("start.test_start." + key));
        }
        if (options.contains("--bidir")) {
            assertThat(client.number("end.sum_sent_bidir_reverse.bytes"))
                    .isEqualTo(server.number("end.sum_sent_bidir_reverse.bytes"));
        }
    }
}
