package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `pitot message`, in this process.
@Timeout(180)
@Tag("slow")
class MessageTest {
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+) \\(UDP\\)\n");

    /// A server running in this process, on its own port.
    private record Serving(Launch.Running running, String address) implements AutoCloseable {
        static Serving start(String... options) {
            List<String> args = new ArrayList<>(List.of("message", "serve", "--listen", "127.0.0.1:0"));
            args.addAll(List.of(options));
            Launch.Running running = Launch.start(args.toArray(String[]::new));
            Matcher line = LISTENING.matcher(running.awaitOutput("\n"));
            assertThat(line.matches()).isTrue();
            return new Serving(running, "127.0.0.1:" + line.group(1));
        }

        Launch measure(String command, String options) {
            return Launch.of(("message " + command + " " + address + " " + options).split(" "));
        }

        @Override
        public void close() {
            running.close();
        }
    }

    private static final Pattern PIECE =
            Pattern.compile("\\G(?:,?\"(\\w+)\":(?:(null)|-?\\d+(?:\\.\\d+)?|\"[^\"\\\\]*\"|(\\{))|(}))");

    /// Returns the paths of all values in one JSON object, including null ones.
    private static List<String> keys(String json) {
        List<String> keys = new ArrayList<>();
        var path = new ArrayDeque<String>(List.of(""));
        assertThat(json).startsWith("{").endsWith("}\n");
        Matcher piece = PIECE.matcher(json.strip());
        int end = 1;
        for (; piece.find(end); end = piece.end()) {
            if (piece.group(4) != null) {
                path.pop();
            } else if (piece.group(3) != null) {
                path.push(path.peek() + "/" + piece.group(1));
            } else {
                keys.add(path.peek() + "/" + piece.group(1) + (piece.group(2) == null ? "" : "=null"));
            }
        }
        assertThat(end).as(json).isEqualTo(json.strip().length());
        assertThat(path).isEmpty();
        return keys;
    }

    @ParameterizedTest
    @CsvSource({"legume, unreliable", "legume, reliable", "extended, sequenced", "extended, ordered", "auto, reliable"})
    void aPingTellsWhatItMeasured(String protocol, String channel) {
        try (Serving server = Serving.start("--protocol", protocol)) {
            Launch ping = server.measure("ping", "-n 50 -r 500 --protocol " + protocol + " --channel " + channel);

            assertThat(ping.err()).isEmpty();
            assertThat(ping.exitCode()).isZero();
            assertThat(ping.out().lines()).hasSize(4).satisfies(lines -> {
                assertThat(lines.get(0))
                        .isEqualTo("PING " + server.address() + ": 64 bytes, " + channel + ", every 2.000 ms");
                assertThat(lines.get(1)).isEqualTo("--- " + server.address() + " ping statistics ---");
                assertThat(lines.get(2)).isEqualTo("50 sent, 50 answered, 0 lost (0%), 0 out of order, 0 duplicates");
                assertThat(lines.get(3))
                        .matches("round trip min/p50/p90/p99/p99.9/max = (\\d+\\.\\d{3}/){5}\\d+\\.\\d{3} ms");
            });
        }
    }

    @Test
    void aPingTellsEachSecond() {
        try (Serving server = Serving.start()) {
            Launch ping = server.measure("ping", "-t 2.5 -r 100");

            assertThat(ping.err()).isEmpty();
            assertThat(ping.out().lines())
                    .hasSizeBetween(5, 8) // one more or less where the machine stood still
                    .satisfies(lines -> assertThat(lines.subList(1, lines.size() - 3))
                            .allMatch(line -> line.matches(
                                    "  \\d\\.\\d\\d-\\d\\.\\d\\d +s  \\d+ sent, \\d+ answered, RTT \\d+\\.\\d{3} ms")));
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNotListenedOn() {
        Launch serve = Launch.of("message", "serve", "--listen", "192.0.2.1:0");

        assertThat(serve.exitCode()).isEqualTo(1);
        assertThat(serve.err())
                .isEqualTo("pitot: cannot serve: this machine has no address 192.0.2.1: choose one that it has,"
                        + " or none for all.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legume", "extended"})
    void aFloodTellsEachSecondAndWhatTheServerGot(String protocol) {
        try (Serving server = Serving.start()) {
            Launch flood = server.measure("flood", "-t 2.5 -r 500 -s 100 --protocol " + protocol);

            assertThat(flood.err()).isEmpty();
            assertThat(flood.exitCode()).isZero();
            String rates = "\\d+ messages/s, \\d+\\.\\d{3} Mbit/s";
            assertThat(flood.out().lines()).hasSizeBetween(6, 9).satisfies(lines -> {
                int end = lines.size() - 4;
                assertThat(lines.get(0)).isEqualTo("FLOOD " + server.address() + ": 100 bytes, reliable");
                assertThat(lines.subList(1, end))
                        .allMatch(line ->
                                line.matches("  \\d\\.\\d\\d-\\d\\.\\d\\d +s  " + rates + ", RTT \\d+\\.\\d{3} ms"));
                assertThat(lines.get(end)).isEqualTo("--- " + server.address() + " flood statistics ---");
                assertThat(lines.get(end + 1)).matches("\\d+ sent in (2\\.[5-9]|[3-9]\\.\\d)\\d s: " + rates);
                assertThat(lines.get(end + 2))
                        .matches("\\d+ received: " + rates + ", 0 lost \\(0%\\), \\d+ out of order, 0 duplicates");
                assertThat(lines.get(end + 3)).matches("RTT \\d+\\.\\d{3} ms");
            });
        }
    }

    @Test
    void jsonHasEveryKeyAndNullForWhatIsNotKnown() throws Exception {
        try (Serving server = Serving.start()) {
            Launch ping = server.measure("ping", "-n 5 -r 100 --json");
            Launch flood = server.measure("flood", "-t 0.2 --json");

            assertThat(ping.exitCode() + flood.exitCode()).isZero();
            assertThat(ping.out().lines()).hasSize(1);
            assertThat(keys(ping.out()))
                    .containsExactly(
                            "/command",
                            "/server",
                            "/protocol",
                            "/channel",
                            "/message_bytes",
                            "/interval_ms",
                            "/seconds",
                            "/sent",
                            "/answered",
                            "/lost",
                            "/pending",
                            "/loss_percent",
                            "/out_of_order",
                            "/duplicates",
                            "/rtt_ms/min",
                            "/rtt_ms/p50",
                            "/rtt_ms/p90",
                            "/rtt_ms/p99",
                            "/rtt_ms/p99_9",
                            "/rtt_ms/max",
                            "/broken_off=null");
            assertThat(flood.out().lines()).hasSize(1);
            assertThat(keys(flood.out()))
                    .containsExactly(
                            "/command",
                            "/server",
                            "/protocol",
                            "/channel",
                            "/message_bytes",
                            "/interval_ms=null",
                            "/sent/messages",
                            "/sent/bytes",
                            "/sent/seconds",
                            "/sent/messages_per_second",
                            "/sent/bits_per_second",
                            "/received/messages",
                            "/received/bytes",
                            "/received/seconds",
                            "/received/messages_per_second",
                            "/received/bits_per_second",
                            "/received/out_of_order",
                            "/received/duplicates",
                            "/lost",
                            "/loss_percent",
                            "/rtt_ms/smoothed",
                            "/broken_off=null");
        }
    }

    @Test
    void aSignalEndsAPingWithWhatItMeasured() {
        try (Serving server = Serving.start();
                Launch.Running ping = Launch.start("message", "ping", server.address(), "-t", "3600")) {
            ping.awaitOutput("PING");
            ping.signal("Interrupt(2)");
            Launch ended = ping.join();

            assertThat(ended.exitCode()).isZero();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).contains("ping statistics ---");
        }
    }

    @Test
    void aSignalEndsAFloodWithWhatItMeasured() {
        try (Serving server = Serving.start();
                Launch.Running flood = Launch.start("message", "flood", server.address(), "-t", "3600", "-r", "1000")) {
            flood.awaitOutput("messages/s");
            flood.signal("Interrupt(2)");
            Launch ended = flood.join();

            assertThat(ended.exitCode()).isZero();
            assertThat(ended.out()).contains("flood statistics ---", " received: ", ", 0 lost (0%)");
        }
    }

    @Test
    void aSignalEndsAServerWithWhatItDid() throws Exception {
        try (Serving server = Serving.start()) {
            server.measure("ping", "-n 3 -r 100");
            server.running().signal("Terminated(15)");
            Launch ended = server.running().join();

            assertThat(ended.exitCode()).isZero();
            assertThat(ended.out()).endsWith("1 clients, 3 pings, 3 answered, 0 messages of floods\n");
        }
    }

    @Test
    void aServersJsonIsAloneOnStandardOutput() throws Exception {
        try (Launch.Running server = Launch.start("message", "serve", "--listen", "127.0.0.1:0", "--json")) {
            server.awaitError("listening on 127.0.0.1:");
            server.signal("Terminated(15)");

            assertThat(keys(server.join().out()))
                    .containsExactly("/command", "/listen", "/clients", "/pings", "/answered", "/flooded");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "flood"})
    void nobodyThereIsOneSentence(String command) {
        String nobody = "127.0.0.1:" + Launch.freePort();

        Launch launch = Launch.of("message", command, nobody, "--json");

        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.out()).isEmpty();
        assertThat(launch.err()).isEqualTo("pitot: nobody listens at " + nobody + ": is the server running?\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]", "localhost"})
    void aServerIsCalledAsTheUserCallsIt(String host) {
        String nobody = host + ":" + Launch.freePort();

        Launch launch = Launch.of("message", "ping", nobody);

        assertThat(launch.out()).startsWith("PING " + nobody + ": ");
        assertThat(launch.err()).startsWith("pitot: n").contains(" " + nobody + ": is the server running");
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        try (Serving server = Serving.start()) {
            Launch second = Launch.of("message", "serve", "--listen", server.address());

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.err())
                    .isEqualTo("pitot: cannot serve: UDP port "
                            + server.address().substring("127.0.0.1:".length())
                            + " of 127.0.0.1 cannot be listened on (Address already in use): choose another, or stop"
                            + " what has it.\n");
            assertThat(second.err().lines()).hasSize(1);
        }
    }

    @Test
    void aServerOfAnotherProtocolIsSaid() {
        try (Serving server = Serving.start("--protocol", "legume")) {
            Launch ping = server.measure("ping", "--protocol extended");

            assertThat(ping.exitCode()).isEqualTo(1);
            assertThat(ping.err())
                    .isEqualTo("pitot: the server at " + server.address()
                            + " does not speak this protocol: try another --protocol\n");
        }
    }

    @Test
    void aWrongOptionIsSaid() {
        Launch launch = Launch.of("message", "ping", "host", "-n", "many");

        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err())
                .isEqualTo("pitot: invalid value 'many' for -n: a number of 1 to 2147483647 is needed"
                        + " (see pitot message ping --help)\n");
    }

    @Test
    void helpTellsOfTheCommands() {
        Launch launch = Launch.of("message", "--help");

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out()).contains("serve", "ping", "flood");
    }
}
