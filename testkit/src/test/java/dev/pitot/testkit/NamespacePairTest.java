package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.testkit.NamespacePair.Drops;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Needs(Tool.NAMESPACES)
@Timeout(180)
class NamespacePairTest {
    @Test
    void programsOfBothSidesHearEachOther() throws Exception {
        try (var pair = NamespacePair.create()) {
            try (var ping = pair.start(NamespaceSide.CLIENT, shell("ip -o address; ip -o link"))) {
                assertThat(ping.awaitExit().stdout())
                        .contains(pair.clientAddress())
                        .contains("mtu 1500");
            }
            try (var other = pair.start(NamespaceSide.SERVER, shell("ip -o address"))) {
                assertThat(other.awaitExit().stdout()).contains(pair.serverAddress());
            }
        }
    }

    @Test
    @Needs(Tool.IPERF3)
    void everyNthDatagramIsLostAndCounted() throws Exception {
        try (var pair = NamespacePair.create()) {
            pair.dropEveryNthDatagram(NamespaceSide.SERVER, 10);
            try (var server = pair.server(5201, Iperf3.command("-s", "-1"));
                    var client = pair.start(
                            NamespaceSide.CLIENT,
                            Iperf3.command(
                                    "-c",
                                    pair.serverAddress(),
                                    "-u",
                                    "-b",
                                    "1M",
                                    "-l",
                                    "1000",
                                    "-k",
                                    "105",
                                    "--cport",
                                    "21679"))) {
                assertThat(client.awaitExit().code()).isZero();
                // All ten only if the receiver has read everything when the sender reports that it
                // has finished.
                assertThat(server.process().awaitExit().stdout()).containsPattern(" ([1-9]|10)/1?[0-9]?[0-9] ");
            }

            assertThat(pair.drops(NamespaceSide.SERVER)).containsExactly(new Drops(21679, 5201, 10));
            assertThat(pair.overflows(NamespaceSide.SERVER)).isZero();
        }
    }

    @Test
    void nothingIsLeftOfIt() throws Exception {
        var pair = NamespacePair.create();

        pair.close();

        try (var list = ChildProcess.start(List.of("ip", "netns", "list"))) {
            assertThat(list.awaitExit().stdout())
                    .doesNotContain("pitot-" + ProcessHandle.current().pid() + "-");
        }
        try (var late = pair.start(NamespaceSide.CLIENT, List.of("true"))) {
            assertThat(late.awaitExit().code()).isNotZero();
        }
    }

    @Test
    void removesWhatAKilledProcessLeftBehind() throws Exception {
        String orphan = "pitot-" + Integer.MAX_VALUE + "-0-client"; // above the largest process id of Linux
        CommandRun.of(List.of("ip", "netns", "add", orphan), Duration.ofSeconds(10))
                .orThrow();

        try (var program = ChildProcess.start(List.of("ip", "netns", "exec", orphan, "sleep", "100"))) {
            Awaiter.await(() -> isIn(orphan, program));

            NamespacePair.create().close();

            assertThat(Path.of("/run/netns", orphan)).doesNotExist();
            assertThat(program.awaitExit().code()).isEqualTo(128 + 9);
        }
    }

    @Test
    void aCommandThatFailsSaysWhy() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> CommandRun.of(shell("echo because >&2; exit 1"), Duration.ofSeconds(10))
                        .orThrow())
                .withMessageContaining("because");
    }

    @Test
    void readsTheKernelsCountOfFullBuffers() {
        String snmp = "Ip: Forwarding DefaultTTL\nIp: 1 64\nUdp: InDatagrams RcvbufErrors SndbufErrors\nUdp: 5 3 1\n";

        assertThat(SocketStatistics.receiveBufferErrors(snmp)).hasValue(3);
        assertThat(SocketStatistics.receiveBufferErrors("Ip: 1\n")).isEmpty();
    }

    private static boolean isIn(String namespace, ChildProcess program) {
        try {
            return CommandRun.of(List.of("ip", "netns", "pids", namespace), Duration.ofSeconds(10))
                    .orThrow()
                    .contains(Long.toString(program.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }
}
