package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Pitot reads of TCP_INFO is what the header of this system says, and what `ss` reads.
@Tag("slow")
@OnLinux
class TcpInfoKernelTest {
    private static final int SENT = 200_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final WaitPolicy PLENTY = () -> WaitPolicy.MAX_SLICE_MILLIS;
    private static final Pattern MEMBER = Pattern.compile("\\btcpi_(\\w+)\\s*[:;,]");

    /// Bit fields have no offset in C.
    private static final List<TcpField> BITS = Stream.of(TcpField.values())
            .filter(field -> field.bits() < Byte.SIZE)
            .toList();

    private static String output(String... command) throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(List.of(command))) {
            ChildProcess.Exit exit = child.awaitExit(LIMIT);
            assertThat(exit.code()).as(exit.stderr()).isZero();
            return exit.stdout();
        }
    }

    @Test
    @Needs(Tool.PACKAGE)
    void offsetsAndSizesAreThoseOfTheHeader(@TempDir Path folder) throws Exception {
        List<TcpField> known = knownToTheHeader(folder);
        Path source = folder.resolve("offsets.c");
        Files.writeString(
                source,
                known.stream()
                        .map(field -> "printf(\"%zu %zu\\n\", offsetof(struct tcp_info, tcpi_" + field.key()
                                + "), 8 * sizeof(((struct tcp_info *)0)->tcpi_" + field.key() + "));\n")
                        .collect(Collectors.joining(
                                "",
                                "#include <stddef.h>\n#include <stdio.h>\n#include <linux/tcp.h>\nint main(void) {\n",
                                "return 0; }\n")));
        String program = folder.resolve("offsets").toString();
        output("cc", "-o", program, source.toString());

        assertThat(output(program).lines())
                .containsExactlyElementsOf(known.stream()
                        .map(field -> TcpInfoLayout.offset(field) + " " + field.bits())
                        .toList());
    }

    /// Fields of the installed header; a newer kernel has more.
    private static List<TcpField> knownToTheHeader(Path folder) throws Exception {
        Path header = Files.writeString(folder.resolve("header.c"), "#include <linux/tcp.h>\n");
        List<String> members = MEMBER.matcher(output("cc", "-E", header.toString()))
                .results()
                .map(member -> member.group(1))
                .toList();
        List<TcpField> known = new ArrayList<>(List.of(TcpField.values()));
        known.removeIf(field -> BITS.contains(field) || !members.contains(field.key()));
        assertThat(known).hasSizeGreaterThan(40);
        return known;
    }

    @Test
    @Needs(Tool.SOCKET_STATISTICS)
    void valuesAreThoseThatSsShows() throws Exception {
        var family = new LinuxFamily();
        var anyPort = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        try (TcpListener listener = family.listen(anyPort, ListenSetup.DEFAULT);
                TcpConnection client = family.connect(listener.local(), TcpSetup.CONTROL, PLENTY);
                TcpConnection server = listener.accept(PLENTY)) {
            send(client, server);

            String text = statistics(client);
            Map<TcpField, Long> sender = values(client);
            Map<TcpField, Long> receiver = values(server);

            assertThat(sender).containsAllEntriesOf(shown(text));
            assertThat(receiver).containsAllEntriesOf(shown(statistics(server)));
            assertThat(shown(text)).hasSizeGreaterThan(12);
            assertThat(text)
                    .contains("wscale:" + sender.get(TcpField.SND_WSCALE) + "," + sender.get(TcpField.RCV_WSCALE));
            assertThat(text.contains(" ts "))
                    .isEqualTo((Objects.requireNonNull(sender.get(TcpField.OPTIONS)) & 1) != 0);
            assertThat(sender).containsEntry(TcpField.BYTES_SENT, (long) SENT).containsEntry(TcpField.STATE, 1L);
            assertThat(receiver).containsEntry(TcpField.BYTES_RECEIVED, (long) SENT);
        }
    }

    private static void send(TcpConnection client, TcpConnection server) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(SENT);
        ByteBuffer arrived = ByteBuffer.allocateDirect(SENT);
        while (arrived.hasRemaining()) {
            if (block.hasRemaining()) {
                client.send(block);
            }
            server.receive(arrived);
        }
        while (client.unacknowledgedBytes() > 0) {
            Thread.onSpinWait();
        }
    }

    private static Map<TcpField, Long> values(TcpConnection connection) {
        KernelValues<TcpField> fields =
                Objects.requireNonNull(connection.info()).fields();
        return fields.toMap(TcpField.class);
    }

    /// Output of `ss` for one end of a connection on the loopback interface.
    private static String statistics(TcpConnection connection) throws Exception {
        String own = "sport = :" + connection.local().getPort();
        String peer = "dport = :" + connection.remote().getPort();
        return output("ss", "--tcp", "--info", "--options", "--numeric", "--no-header", own, "and", peer);
    }

    /// Values of a connection that rests, by their names in ss.
    private static Map<TcpField, Long> shown(String text) {
        var names = Map.ofEntries(
                Map.entry("mss", TcpField.SND_MSS),
                Map.entry("pmtu", TcpField.PMTU),
                Map.entry("rcvmss", TcpField.RCV_MSS),
                Map.entry("advmss", TcpField.ADVMSS),
                Map.entry("cwnd", TcpField.SND_CWND),
                Map.entry("bytes_sent", TcpField.BYTES_SENT),
                Map.entry("bytes_acked", TcpField.BYTES_ACKED),
                Map.entry("bytes_received", TcpField.BYTES_RECEIVED),
                Map.entry("segs_out", TcpField.SEGS_OUT),
                Map.entry("segs_in", TcpField.SEGS_IN),
                Map.entry("data_segs_out", TcpField.DATA_SEGS_OUT),
                Map.entry("data_segs_in", TcpField.DATA_SEGS_IN),
                Map.entry("delivered", TcpField.DELIVERED),
                Map.entry("rcv_space", TcpField.RCV_SPACE),
                Map.entry("rcv_ssthresh", TcpField.RCV_SSTHRESH),
                Map.entry("snd_wnd", TcpField.SND_WND),
                Map.entry("rcv_wnd", TcpField.RCV_WND));
        Matcher pair =
                Pattern.compile("\\b(\\w+):(\\d+)(?= |$)", Pattern.MULTILINE).matcher(text);
        return pair.results()
                .filter(found -> names.containsKey(found.group(1)))
                .collect(Collectors.toMap(
                        found -> Objects.requireNonNull(names.get(found.group(1))),
                        found -> Long.parseLong(found.group(2))));
    }
}
