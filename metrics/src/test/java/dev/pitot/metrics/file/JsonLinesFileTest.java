package dev.pitot.metrics.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.metrics.Played;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.result.Total;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesFileTest {
    private static final UUID RUN = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final InstantSource CLOCK = InstantSource.fixed(Played.BEGAN.plusSeconds(5));
    private static final String HEAD = "{\"schema_version\":1,\"event\":\"%s\",\"run_id\":\"" + RUN + "\",";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private List<String> written(JsonLinesOptions options, List<TestEvent> events) throws IOException {
        return written(folder, options, events);
    }

    /// Returns the lines of a file, which are those of the schema.
    static List<String> written(Path folder, JsonLinesOptions options, List<TestEvent> events) throws IOException {
        Path path = folder.resolve("metrics.jsonl");
        try (var file = JsonLinesFile.open(path, options, CLOCK)) {
            Played.to(file.forTest(RUN), events);
            assertThat(file.failure()).isNull();
        }
        List<String> lines = Files.readAllLines(path);
        JsonSchema schema = JsonSchema.ofMetrics();
        for (String line : lines) {
            assertThat(schema.defects(line)).as(line).isEmpty();
        }
        return lines;
    }

    @Test
    void aTestHasAStartItsIntervalsAndAnEnd() throws Exception {
        List<String> lines = written(JsonLinesOptions.DEFAULT, Played.tcp(2));

        assertThat(lines)
                .containsExactly(
                        HEAD.formatted("start")
                                + "\"timestamp_unix_seconds\":1767225600,\"role\":\"Client\",\"peer_host\":\"lab\","
                                + "\"peer_port\":5201,\"cookie\":\"abcdefghijklmnopqrstuvwxyz0123456789\","
                                + "\"config\":{\"protocol\":\"Tcp\",\"multipath\":false,\"direction\":\"forward\","
                                + "\"parallel\":1,\"duration_seconds\":10,\"bytes\":null,\"blocks\":null,"
                                + "\"omit_seconds\":0,\"block_bytes\":1000,\"bitrate_bits_per_second\":null,"
                                + "\"title\":\"a \\\"title\\\"\"},\"interval_seconds\":1,\"window_seconds\":null}",
                        interval(1, 1000, 8000, 0),
                        interval(2, 3000, 24000, 1),
                        HEAD.formatted("end")
                                + "\"timestamp_unix_seconds\":1767225605,\"role\":\"Client\",\"peer_host\":\"lab\","
                                + "\"peer_port\":5201,\"ending\":\"completed\","
                                + "\"reason\":null,\"directions\":[{\"direction\":\"Sender\",\"sent\":{"
                                + "\"transferred_bytes\":4000,\"duration_seconds\":2,"
                                + "\"bandwidth_bits_per_second\":16000,\"tcp_retransmits\":4,\"udp_packets\":null,"
                                + "\"udp_lost_packets\":null,\"udp_lost_percent\":null,\"udp_jitter_seconds\":null,"
                                + "\"udp_out_of_order_packets\":null,\"udp_duplicate_packets\":null},\"received\":{"
                                + "\"transferred_bytes\":3900,\"duration_seconds\":2,"
                                + "\"bandwidth_bits_per_second\":15600,\"tcp_retransmits\":null,\"udp_packets\":40,"
                                + "\"udp_lost_packets\":1,\"udp_lost_percent\":2.5,\"udp_jitter_seconds\":0.5,"
                                + "\"udp_out_of_order_packets\":0,\"udp_duplicate_packets\":0}}],"
                                + "\"cpu_local\":{\"total_percent\":1,\"user_percent\":2,\"system_percent\":3},"
                                + "\"cpu_remote\":null,\"sender_congestion\":\"cubic\",\"receiver_congestion\":null}");
    }

    private static String interval(int end, int bytes, int rate, int start) {
        return HEAD.formatted("interval")
                + "\"timestamp_unix_seconds\":" + (1_767_225_600 + end) + ",\"role\":\"Client\","
                + "\"direction\":\"Sender\",\"stream_count\":1,\"protocol\":\"Tcp\",\"transferred_bytes\":" + bytes
                + ",\"bandwidth_bits_per_second\":" + rate + ",\"tcp_retransmits\":2,\"tcp_rtt_seconds\":0.000213,"
                + "\"tcp_rttvar_seconds\":0.000051,\"tcp_snd_cwnd_bytes\":65536,\"tcp_snd_wnd_bytes\":null,"
                + "\"tcp_pmtu_bytes\":1500,\"tcp_reorder_events\":3,\"udp_packets\":null,\"udp_lost_packets\":null,"
                + "\"udp_jitter_seconds\":null,\"udp_out_of_order_packets\":null,\"interval_duration_seconds\":1,"
                + "\"omitted\":false,\"udp_duplicate_packets\":null,\"start_seconds\":" + start + ",\"end_seconds\":"
                + end + ",\"tcp_info\":null}";
    }

    @Test
    void windowsTakeThePlaceOfIntervals() throws Exception {
        var options = new JsonLinesOptions(FileOptions.TRUNCATE, Duration.ofSeconds(2), false);

        List<String> lines = written(options, Played.tcp(3));

        String same = "{\"samples\":2,\"mean\":%s,\"min\":%s,\"max\":%s,\"stddev\":0,\"p50\":%s,\"p95\":%s,\"p99\":%s}";
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1))
                .isEqualTo(HEAD.formatted("window")
                        + "\"timestamp_unix_seconds\":1767225602,\"role\":\"Client\",\"direction\":\"Sender\","
                        + "\"stream_count\":1,\"protocol\":\"Tcp\",\"duration_seconds\":2,\"transferred_bytes\":4000,"
                        + "\"bandwidth_bits_per_second\":{\"samples\":2,\"mean\":16000,\"min\":8000,\"max\":24000,"
                        + "\"stddev\":8000,\"p50\":8000,\"p95\":24000,\"p99\":24000},\"tcp_rtt_seconds\":"
                        + same.replace("%s", "0.000213") + ",\"tcp_rttvar_seconds\":" + same.replace("%s", "0.000051")
                        + ",\"tcp_snd_cwnd_bytes\":" + same.replace("%s", "65536")
                        + ",\"tcp_snd_wnd_bytes\":null,\"tcp_pmtu_bytes\":" + same.replace("%s", "1500")
                        + ",\"udp_jitter_seconds\":null,\"tcp_retransmits\":4,\"tcp_reorder_events\":6,"
                        + "\"udp_packets\":null,\"udp_lost_packets\":null,\"udp_out_of_order_packets\":null,"
                        + "\"omitted_intervals\":0,\"udp_duplicate_packets\":null,\"start_seconds\":0,"
                        + "\"end_seconds\":2,\"intervals\":2,\"tcp_info\":null}");
        assertThat(lines.get(2)).contains("\"event\":\"window\"", "\"intervals\":1,");
    }

    @Test
    void streamsAreToldWhereAskedFor() throws Exception {
        var options = new JsonLinesOptions(FileOptions.TRUNCATE, null, true);

        List<String> lines = written(options, Played.bidirectional());

        assertThat(lines).hasSize(4);
        assertThat(lines.get(2))
                .contains("\"direction\":\"Receiver\"", "\"streams\":[{\"id\":3,\"socket\":7,", "\"local_port\":40000");
    }

    @Test
    void whatOnlyReceiversKnowIsNullOnSenders() throws Exception {
        Map<String, @Nullable Object> sender = JsonValues.object(
                written(JsonLinesOptions.DEFAULT, Played.udp(StreamRole.SENDER)).get(1));
        Map<String, @Nullable Object> receiver =
                JsonValues.object(written(JsonLinesOptions.DEFAULT, Played.udp(StreamRole.RECEIVER))
                        .get(1));

        assertThat(sender).containsEntry("udp_lost_packets", null).containsEntry("udp_jitter_seconds", null);
        assertThat(receiver)
                .containsEntry("udp_lost_packets", new BigDecimal(1))
                .containsEntry("udp_jitter_seconds", new BigDecimal("0.000004"))
                .containsEntry("role", "Server");
    }

    @Test
    void everyEndingFitsTheSchema() throws Exception {
        List<Ending> endings = List.of(
                new Ending.Cancelled("Interrupt(2)"),
                new Ending.Cancelled(null),
                new Ending.PeerTerminated(),
                new Ending.PeerGone(),
                new Ending.Busy(),
                new Ending.Failed(IperfError.CONNECT, "Connection refused", false));
        List<String> numbers = new ArrayList<>();

        for (Ending ending : endings) {
            List<String> lines =
                    written(JsonLinesOptions.DEFAULT, List.of(new TestEvent.Finished(Played.outcome(ending, null))));
            numbers.add(
                    lines.size() == 1
                            ? ""
                            : String.valueOf(JsonValues.object(lines.getFirst()).get("number")));
            assertThat(lines.getLast()).contains("\"event\":\"end\"");
        }

        assertThat(numbers).containsExactly("", "", "120", "109", "121", "103");
    }

    @Test
    void anErrorHasItsNumberNameAndText() throws Exception {
        var ending = new Ending.Failed(IperfError.RECEIVE_MESSAGE, "Connection reset by peer", true);

        List<String> lines = written(JsonLinesOptions.DEFAULT, Played.closing(ending));

        assertThat(lines.getFirst())
                .isEqualTo(HEAD.formatted("error") + "\"timestamp_unix_seconds\":1767225605,\"role\":\"Client\","
                        + "\"peer_host\":\"lab\",\"peer_port\":5201,\"number\":112,"
                        + "\"name\":\"RECEIVE_MESSAGE\",\"text\":\"unable to receive control message - port may not be"
                        + " available, the other side may have stopped running, etc.: Connection reset by peer\","
                        + "\"by_peer\":true}");
    }

    @Test
    void aTestThatNeverConnectedTellsWhomItWasFor() throws Exception {
        Path path = folder.resolve("metrics.jsonl");
        var refused = new Ending.Failed(IperfError.CONNECT, "Connection refused", false);
        var never = List.<TestEvent>of(new TestEvent.Finished(new Outcome(TestReport.EMPTY, refused)));
        try (var file = JsonLinesFile.open(path, JsonLinesOptions.DEFAULT, CLOCK)) {
            Played.to(file.forTest(RUN, TestRole.CLIENT, new Endpoint("lab", 5300)), never);
            Played.to(file.forTest(TestRole.SERVER, null), never);
            Played.to(file.forTest(RUN), never);
        }

        List<String> lines = Files.readAllLines(path);
        JsonSchema schema = JsonSchema.ofMetrics();
        assertThat(lines)
                .hasSize(6)
                .allSatisfy(line -> assertThat(schema.defects(line)).as(line).isEmpty());
        String client = "\"role\":\"Client\",\"peer_host\":\"lab\",\"peer_port\":5300,";
        String server = "\"role\":\"Server\",\"peer_host\":null,\"peer_port\":null,";
        String nobody = "\"role\":null,\"peer_host\":null,\"peer_port\":null,";
        assertThat(lines.subList(0, 2)).allMatch(line -> line.contains(client));
        assertThat(lines.subList(2, 4)).allMatch(line -> line.contains(server));
        assertThat(lines.subList(4, 6)).allMatch(line -> line.contains(nobody));
    }

    @Test
    void lossIsAShareOfWhatWasSentAsInTheReport() throws Exception {
        var sent = new Total(4000, 1, null, new Datagrams(50, null));
        var received = new Total(3900, 1, null, new Datagrams(40, new Datagrams.Reception(5L, 0, 0, 0)));
        var direction = new Summary.OfDirection(StreamRole.SENDER, sent, received);
        var summary = new Summary(
                List.of(), List.of(direction), new CpuUsage(1, 2, 3), null, new Summary.Congestion(null, null), null);

        List<String> lines = written(
                JsonLinesOptions.DEFAULT,
                List.of(new TestEvent.Finished(Played.outcome(new Ending.Completed(), summary))));

        assertThat(lines.getLast()).contains("\"udp_lost_packets\":5,\"udp_lost_percent\":10,");
        assertThat(direction.lostPercent()).isEqualTo(10.0);
    }

    /// Some characters control terminals, and some are line ends to some readers.
    @Test
    void textIsPrintableAscii() throws Exception {
        var ending = new Ending.Cancelled("\u001b \u007f \u009b31m \u2028 \u00e4 \ud83d\ude00");

        List<String> lines =
                written(JsonLinesOptions.DEFAULT, List.of(new TestEvent.Finished(Played.outcome(ending, null))));

        assertThat(lines.getLast()).matches("[ -~]*");
        assertThat(JsonValues.object(lines.getLast())).containsEntry("reason", ending.reason());
    }

    @Test
    void aTitleOfAnyLengthIsShortened() throws Exception {
        String title = "\ud83d\ude00".repeat(256);

        List<String> lines = written(JsonLinesOptions.DEFAULT, List.of(titled(title + "x"), titled("short")));

        assertThat(title(lines.getFirst())).isEqualTo(title);
        assertThat(title(lines.getLast())).isEqualTo("short");
    }

    private static TestEvent titled(String title) {
        TestStart plain = Played.start(TestRole.CLIENT, Protocol.TCP);
        var setup = new TestStart.Setup(TestConfig.builder().title(title).build(), ReportInterval.DEFAULT);
        return new TestEvent.ParametersAgreed(
                new TestStart(plain.role(), plain.peer(), plain.cookie(), plain.time(), plain.controlMss(), setup));
    }

    private static @Nullable Object title(String line) throws IOException {
        Object config = JsonValues.object(line).get("config");
        return config instanceof Map<?, ?> members ? members.get("title") : null;
    }

    @Test
    void aFileLosesItsContentWithTheFirstTestAndNotBefore() throws Exception {
        Path path = folder.resolve("metrics.jsonl");
        Files.writeString(path, "old\n");

        JsonLinesFile.open(path, JsonLinesOptions.DEFAULT, CLOCK).close();
        assertThat(path).hasContent("old\n");

        try (var file = JsonLinesFile.open(path, JsonLinesOptions.DEFAULT, CLOCK)) {
            TestListener first = file.forTest();
            assertThat(path).hasContent("old\n");
            Played.to(first, Played.tcp(0));
            Played.to(file.forTest(), Played.tcp(0));
        }
        assertThat(Files.readAllLines(path)).hasSize(4).doesNotContain("old");
    }

    @Test
    void aNewFileBeginsEmptyAndAnAppendedOneKeepsWhatItHas() throws Exception {
        Path path = folder.resolve("metrics.jsonl");
        Files.writeString(path, "{\"half\":");

        try (var file = JsonLinesFile.open(path, new JsonLinesOptions(FileOptions.APPEND, null, false), CLOCK)) {
            Played.to(file.forTest(), Played.tcp(0));
        }
        List<String> appended = Files.readAllLines(path);
        List<String> truncated = written(JsonLinesOptions.DEFAULT, Played.tcp(0));

        assertThat(appended).hasSize(3).first().isEqualTo("{\"half\":");
        assertThat(truncated).hasSize(2);
    }

    @Test
    void linesAreThereWhileTheTestRuns() throws Exception {
        Path path = folder.resolve("metrics.jsonl");
        try (var file = JsonLinesFile.open(path, JsonLinesOptions.DEFAULT, CLOCK)) {
            TestListener listener = file.forTest(RUN);
            assertThat(path).isEmptyFile();

            Played.to(listener, Played.opening(TestRole.CLIENT, Protocol.TCP, StreamRole.SENDER));
            listener.onEvent(Played.tcpInterval(0, false));

            assertThat(Files.readAllLines(path)).hasSize(2);
        }
    }

    @Test
    void linesOfTestsThatRunTogetherStayWhole() throws Exception {
        Path path = folder.resolve("metrics.jsonl");
        List<String> runs = new ArrayList<>();
        try (var file = JsonLinesFile.open(path, JsonLinesOptions.DEFAULT, CLOCK);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int test = 0; test < 8; test++) {
                UUID run = UUID.randomUUID();
                runs.add(run.toString());
                threads.execute(() -> Played.to(file.forTest(run), Played.tcp(50)));
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }

        JsonSchema schema = JsonSchema.ofMetrics();
        Map<String, Integer> lines = new HashMap<>();
        for (String line : Files.readAllLines(path)) {
            assertThat(schema.defects(line)).as(line).isEmpty();
            lines.merge(String.valueOf(JsonValues.object(line).get("run_id")), 1, Integer::sum);
        }
        assertThat(lines)
                .containsOnlyKeys(runs)
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(52));
    }

    @Test
    void aFolderThatIsNotThereFailsBeforeTheTest() {
        Path path = folder.resolve("none").resolve("metrics.jsonl");

        assertThatIOException()
                .isThrownBy(() -> JsonLinesFile.open(path, JsonLinesOptions.DEFAULT, CLOCK))
                .withMessage("cannot open the metrics file " + path
                        + ": No such file or directory; give a path in an existing, writable directory");
    }

    static boolean hasFullDevice() {
        return Files.isWritable(Path.of("/dev/full"));
    }

    @Test
    @EnabledIf("hasFullDevice")
    void aFullDiskFailsTheListenerAndIsRemembered() throws Exception {
        Path path = Path.of("/dev/full");
        try (var file = JsonLinesFile.open(path, new JsonLinesOptions(FileOptions.APPEND, null, false), CLOCK)) {
            TestListener listener = file.forTest(RUN);
            TestEvent agreed = Played.opening(TestRole.CLIENT, Protocol.TCP, StreamRole.SENDER)
                    .getFirst();

            assertThatThrownBy(() -> listener.onEvent(agreed))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasMessageContaining("cannot write the metrics file /dev/full: No space left on device;"
                            + " it is complete up to this point, nothing more is written");
            assertThatThrownBy(() -> listener.onEvent(agreed)).isInstanceOf(UncheckedIOException.class);
            assertThat(file.failure()).hasMessageStartingWith("cannot write the metrics file /dev/full");
        }
    }

    @Test
    void theSchemaNoticesWhatIsWrong() throws Exception {
        String line = interval(1, 1000, 8000, 0);
        JsonSchema schema = JsonSchema.ofMetrics();

        assertThat(schema.defects(line)).isEmpty();
        assertThat(schema.defects(line.replace("\"Client\"", "\"client\""))).isNotEmpty();
        assertThat(schema.defects(line.replace("\"omitted\":false,", ""))).isNotEmpty();
        assertThat(schema.defects(line.replace("\"omitted\":false", "\"omitted\":0")))
                .isNotEmpty();
        assertThat(schema.defects(line.replace("\"transferred_bytes\":1000", "\"transferred_bytes\":-1")))
                .isNotEmpty();
        assertThat(schema.defects(line.replace("\"omitted\"", "\"more\":1,\"omitted\"")))
                .isNotEmpty();
        assertThat(schema.defects(line.replace(":1,\"event\"", ":2,\"event\""))).isNotEmpty();
    }
}
