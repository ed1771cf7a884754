package dev.pitot.metrics.file;

import dev.pitot.metrics.MetricsRecord;
import dev.pitot.metrics.record.PlainNumber;
import dev.pitot.metrics.record.RecordBuilder;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.sample.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// CSV file (RFC 4180) with one row per interval and direction. The columns keep this order; new
/// ones are only added at the end:
///
/// `run_id`, `timestamp_unix_seconds`, `peer` (host:port), `role`, `direction`, `protocol` (in
/// lower case), `stream_count`, `omitted` (`true` or `false`), then the numbers of a JSON line's
/// interval under the same names: `transferred_bytes`, `bandwidth_bits_per_second`,
/// `tcp_retransmits`, `tcp_rtt_seconds`, `tcp_rttvar_seconds`, `tcp_snd_cwnd_bytes`,
/// `tcp_snd_wnd_bytes`, `tcp_pmtu_bytes`, `tcp_reorder_events`, `udp_packets`, `udp_lost_packets`,
/// `udp_jitter_seconds`, `udp_out_of_order_packets`, `interval_duration_seconds`,
/// `udp_duplicate_packets`, `start_seconds`, `end_seconds`.
///
/// Values that were not measured are empty. Each file begins with the column names. Thread-safe.
public final class CsvFile implements AutoCloseable {
    private static final String HEADER = "run_id,timestamp_unix_seconds,peer,role,direction,protocol,"
            + "stream_count,omitted,transferred_bytes,bandwidth_bits_per_second,tcp_retransmits,"
            + "tcp_rtt_seconds,tcp_rttvar_seconds,tcp_snd_cwnd_bytes,tcp_snd_wnd_bytes,tcp_pmtu_bytes,"
            + "tcp_reorder_events,udp_packets,udp_lost_packets,udp_jitter_seconds,"
            + "udp_out_of_order_packets,interval_duration_seconds,udp_duplicate_packets,start_seconds,"
            + "end_seconds\r\n";

    private final LineFile file;

    private CsvFile(LineFile file) {
        this.file = file;
    }

    /// Opens the file, and creates it if necessary; unless it is appended to, the first event of
    /// the first test removes its old content.
    ///
    /// @throws IOException if the file cannot be written; the message states the reason
    public static CsvFile open(Path path, FileOptions options) throws IOException {
        return new CsvFile(LineFile.open(path, options, HEADER));
    }

    /// Returns a listener for one test, with a generated run id.
    public TestListener forTest() {
        return forTest(UUID.randomUUID());
    }

    /// Returns a listener for one test.
    ///
    /// @param run run id, in every row of the test
    public TestListener forTest(UUID run) {
        return new OneTest(run);
    }

    /// Returns the error that stopped writing; null if there was none.
    public @Nullable IOException failure() {
        return file.failure();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /// Writes the rows of one test. Owned by that test's listener.
    private final class OneTest implements TestListener {
        private final String run;
        private final RecordBuilder builder = new RecordBuilder();
        private String peer = "";

        OneTest(UUID run) {
            this.run = run.toString();
        }

        @Override
        public void onEvent(TestEvent event) {
            file.begin();
            if (event instanceof TestEvent.ParametersAgreed(TestStart start)) {
                peer = start.peer().host() + ":" + start.peer().port();
            }
            for (MetricsRecord record : builder.on(event)) {
                if (record instanceof MetricsRecord.Interval(Sample sample)) {
                    file.write(row(sample));
                }
            }
        }

        private String row(Sample sample) {
            List<String> cells = new ArrayList<>();
            cells.add(run);
            cells.add(PlainNumber.unixSeconds(sample.time()));
            cells.add(peer);
            cells.add(FieldValues.of(sample.context().role()).toLowerCase(Locale.ROOT));
            cells.add(FieldValues.of(sample.context().direction()).toLowerCase(Locale.ROOT));
            cells.add(FieldValues.of(sample.context().protocol()).toLowerCase(Locale.ROOT));
            cells.add(String.valueOf(sample.streams().size()));
            cells.add(String.valueOf(sample.omitted()));
            Field.common(sample.total()).forEach(field -> cells.add(cell(field.value())));
            Field.further(sample.total()).forEach(field -> cells.add(cell(field.value())));
            return cells.stream().map(CsvFile::quoted).collect(Collectors.joining(",", "", "\r\n"));
        }
    }

    private static String cell(@Nullable Number value) {
        if (value == null) {
            return "";
        }
        return value instanceof Long whole ? whole.toString() : PlainNumber.text(value.doubleValue());
    }

    /// Quotes a cell (RFC 4180, 2.6 and 2.7).
    static String quoted(String cell) {
        boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
