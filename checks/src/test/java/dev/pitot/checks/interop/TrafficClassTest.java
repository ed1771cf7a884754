package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.NamespacePair;
import dev.pitot.testkit.NamespaceSide;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The type of service (`-S`) of a test's packets over IPv6, as the packet filter sees it.
@Needs({Tool.IPERF3, Tool.NAMESPACES})
@Timeout(180)
@Tag("slow")
class TrafficClassTest {
    private static final int PORT = 5201;

    /// Packets sent by the server, counted by SYN flag and by traffic class 0x20 (DSCP 8).
    private static final String COUNTERS = """
            table inet class {
                chain output {
                    type filter hook output priority 0;
                    tcp sport 5201 tcp flags & (syn|ack) == (syn|ack) ip6 dscp 8 counter comment "marked SYN-ACK"
                    tcp sport 5201 tcp flags & (syn|ack) == (syn|ack) ip6 dscp 0 counter comment "plain SYN-ACK"
                    tcp sport 5201 tcp flags & syn == 0 ip6 dscp 8 counter comment "marked"
                }
            }
            """;

    /// The kernel's MPTCP listeners do not set the traffic class, so the server must use TCP.
    private static final String PREPARE = "sysctl -qw net.mptcp.enabled=0 && printf '%s' \"$1\" | nft -f -";

    @Test
    void dataConnectionsHaveItFromTheSynAckOn() throws Exception {
        try (NamespacePair pair = NamespacePair.create()) {
            run(pair, List.of("sh", "-c", PREPARE, "sh", COUNTERS));
            try (ServerProcess _ = pair.server(PORT, PitotProcess.command("-s"))) {
                run(pair, Iperf3.command("-c", "::1", "-S", "0x20", "-n", "1M", "-P", "3"));
                assertThat(count(pair, "marked SYN-ACK")).isEqualTo(3);
                assertThat(count(pair, "plain SYN-ACK")).isEqualTo(1); // of the control connection
                long marked = count(pair, "marked");
                assertThat(marked).isPositive();

                run(pair, Iperf3.command("-c", "::1", "-n", "1M", "-P", "3"));
                assertThat(count(pair, "marked SYN-ACK")).isEqualTo(3);
                assertThat(count(pair, "marked")).isEqualTo(marked);
            }
        }
    }

    private static String run(NamespacePair pair, List<String> command) throws IOException, InterruptedException {
        try (ChildProcess process = pair.start(NamespaceSide.SERVER, command)) {
            ChildProcess.Exit exit = process.awaitExit();
            assertThat(exit.code()).as("%s", exit).isZero();
            return exit.stdout();
        }
    }

    private static long count(NamespacePair pair, String name) throws IOException, InterruptedException {
        String table = run(pair, List.of("nft", "list", "table", "inet", "class"));
        Matcher matcher = Pattern.compile("packets (\\d+) bytes \\d+ comment \"" + name + "\"")
                .matcher(table);
        assertThat(matcher.find()).as(table).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
