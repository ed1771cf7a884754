package dev.pitot.metrics.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.Played;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.metrics.names.Iperf3RsText;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherFilesTest {
    private static final UUID RUN = UUID.fromString("00000000-0000-4000-8000-000000000001");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aTableHasNamesAndARowPerIntervalAndDirection() throws Exception {
        Path path = folder.resolve("metrics.csv");

        try (var file = CsvFile.open(path, FileOptions.TRUNCATE)) {
            Played.to(file.forTest(RUN), Played.bidirectional());
        }
        try (var file = CsvFile.open(path, FileOptions.APPEND)) {
            Played.to(file.forTest(RUN), Played.udp(StreamRole.RECEIVER));
        }

        assertThat(Files.readString(path))
                .isEqualTo("run_id,timestamp_unix_seconds,peer,role,direction,protocol,stream_count,omitted,"
                        + "transferred_bytes,bandwidth_bits_per_second,tcp_retransmits,tcp_rtt_seconds,"
                        + "tcp_rttvar_seconds,tcp_snd_cwnd_bytes,tcp_snd_wnd_bytes,tcp_pmtu_bytes,tcp_reorder_events,"
                        + "udp_packets,udp_lost_packets,udp_jitter_seconds,udp_out_of_order_packets,"
                        + "interval_duration_seconds,udp_duplicate_packets,start_seconds,end_seconds\r\n"
                        + RUN + ",1767225601,lab:5201,client,sender,tcp,1,false,1000,8000,2,0.000213,0.000051,65536,,"
                        + "1500,3,,,,,1,,0,1\r\n"
                        + RUN + ",1767225601,lab:5201,client,receiver,tcp,1,false,500,4000,,,,,,,,,,,,1,,0,1\r\n"
                        + RUN + ",1767225601,lab:5201,server,receiver,udp,1,false,1000,8000,,,,,,,,10,1,0.000004,2,1,"
                        + "3,0,1\r\n");
    }

    @Test
    void cellsAreQuotedWhereTheyMustBe() {
        assertThat(CsvFile.quoted("plain text")).isEqualTo("plain text");
        assertThat(CsvFile.quoted("a,b")).isEqualTo("\"a,b\"");
        assertThat(CsvFile.quoted("say \"x\"")).isEqualTo("\"say \"\"x\"\"\"");
        assertThat(CsvFile.quoted("a\r\nb")).isEqualTo("\"a\r\nb\"");
    }

    @Test
    void pointsOfTheLineProtocolAreEscaped() throws Exception {
        Path path = folder.resolve("metrics.lp");
        LabelSet labels = LabelSet.NONE.with("site", "a b,c=d").with("rack", "7");

        try (var file = InfluxFile.open(path, FileOptions.APPEND, labels)) {
            Played.to(file.forTest(RUN), Played.udp(StreamRole.RECEIVER));
        }

        assertThat(Files.readString(path))
                .isEqualTo("pitot_interval,role=server,direction=receiver,protocol=udp,site=a\\ b\\,c\\=d,rack=7"
                        + " run_id=\"" + RUN + "\",stream_count=1i,omitted=false,transferred_bytes=1000i,"
                        + "bandwidth_bits_per_second=8000,udp_packets=10i,udp_lost_packets=1i,"
                        + "udp_jitter_seconds=0.000004,udp_out_of_order_packets=2i,interval_duration_seconds=1,"
                        + "udp_duplicate_packets=3i,start_seconds=0,end_seconds=1 1767225601000000000\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"role=x", "_a=x", "a=", "a=x\ny", "a=x\\"})
    void tagsThatTheLineProtocolCannotExpressAreRefused(String tag) {
        LabelSet labels = new LabelSet(List.of(LabelSet.Label.parse(tag)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> InfluxFile.open(folder.resolve("x"), FileOptions.APPEND, labels));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatWouldGrowTooLargeIsBegunAnew() throws Exception {
        Path path = folder.resolve("metrics.csv");
        var rotation = new FileOptions.Rotation(720, 2); // header and two rows

        try (var file = CsvFile.open(path, new FileOptions(false, rotation))) {
            Played.to(file.forTest(RUN), Played.tcp(9));
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString).sorted())
                    .containsExactly("metrics.csv", "metrics.csv.1", "metrics.csv.2");
        }
        List<String> oldest = Files.readAllLines(folder.resolve("metrics.csv.2"));
        List<String> older = Files.readAllLines(folder.resolve("metrics.csv.1"));
        List<String> newest = Files.readAllLines(path);
        assertThat(List.of(oldest, older, newest))
                .allMatch(lines -> lines.getFirst().startsWith("run_id,"));
        assertThat(Stream.of(oldest, older, newest)
                        .flatMap(lines -> lines.stream().skip(1)))
                .extracting(row -> row.split(",", -1)[8])
                .containsExactly("9000", "11000", "13000", "15000", "17000");
    }

    @Test
    void rotationsHaveBounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FileOptions.Rotation(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FileOptions.Rotation(1, 0));
    }

    @Test
    void theNewestSnapshotTakesTheFilesPlace() throws Exception {
        Path path = folder.resolve("metrics.prom");
        Files.writeString(path, "old");

        var file = PrometheusFile.open(path, new Iperf3RsText().format());
        TestListener listener = file.forTest();
        assertThat(path).hasContent("old");
        Played.to(listener, Played.opening(TestRole.CLIENT, Protocol.TCP, StreamRole.SENDER));
        assertThat(path).isEmptyFile();
        listener.onEvent(Played.tcpInterval(0, false));
        String first = Files.readString(path);
        listener.onEvent(Played.tcpInterval(1, false));

        assertThat(first).startsWith("# TYPE iperf3_transferred_bytes gauge\niperf3_transferred_bytes 1000\n");
        assertThat(Files.readString(path))
                .contains("iperf3_transferred_bytes 3000\n")
                .doesNotContain(" 1000\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aSnapshotFollowsALinkAndKeepsPermissions() throws Exception {
        Path target = Files.writeString(folder.resolve("target"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw--w-"));
        Path link = Files.createSymbolicLink(folder.resolve("metrics.prom"), Path.of("target"));

        PrometheusFile.open(link, new SnapshotFormat(_ -> "text")).write("new");

        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(target).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-rw--w-");
    }

    @Test
    void aTableIsEmptiedByItsFirstTestAlone() throws Exception {
        Path path = folder.resolve("metrics.csv");
        Files.writeString(path, "old\r\n");

        CsvFile.open(path, FileOptions.TRUNCATE).close();
        assertThat(path).hasContent("old\r\n");
        try (var file = CsvFile.open(path, FileOptions.TRUNCATE)) {
            Played.to(file.forTest(RUN), List.of(Played.tcp(0).getFirst()));
        }

        assertThat(Files.readAllLines(path)).singleElement().asString().startsWith("run_id,");
    }

    @Test
    void whatSomebodyElseWroteUntilTheFirstTestGoesToo() throws Exception {
        Path path = folder.resolve("metrics.csv");
        try (var file = CsvFile.open(path, FileOptions.TRUNCATE)) {
            Files.writeString(path, "somebody else's\r\n");
            Played.to(file.forTest(RUN), List.of(Played.tcp(0).getFirst()));
        }

        assertThat(Files.readAllLines(path)).singleElement().asString().startsWith("run_id,");
    }

    @Test
    void aSnapshotThatCannotBeReplacedLeavesNothingBehind() throws Exception {
        Path path = folder.resolve("metrics.prom");
        var file = PrometheusFile.open(path, new SnapshotFormat(_ -> "text"));
        assertThat(folder).isEmptyDirectory();
        Files.createDirectories(path.resolve("in the way"));

        assertThatThrownBy(() -> file.write("text"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write the metrics file " + path + ": ");
        assertThat(file.failure()).isNotNull();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void aFolderThatIsNotThereFailsBeforeTheTest() {
        Path path = folder.resolve("none").resolve("metrics.prom");

        assertThatIOException()
                .isThrownBy(() -> PrometheusFile.open(path, new SnapshotFormat(_ -> "")))
                .withMessage("cannot open the metrics file " + path
                        + ": No such file or directory; give a path in an existing, writable directory");
        assertThatIOException().isThrownBy(() -> CsvFile.open(path, FileOptions.APPEND));
        assertThatIOException().isThrownBy(() -> InfluxFile.open(path, FileOptions.APPEND, LabelSet.NONE));
    }
}
