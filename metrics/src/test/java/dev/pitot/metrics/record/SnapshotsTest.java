package dev.pitot.metrics.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.metrics.Played;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.metrics.names.Iperf3RsText;
import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.TestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private static final TestEvent BUSY = new TestEvent.Finished(new Outcome(TestReport.EMPTY, new Ending.Busy()));

    private final List<String> texts = new ArrayList<>();

    private Snapshots snapshots(SnapshotFormat format) {
        return new Snapshots(format, texts::add, () -> {});
    }

    @Test
    void aTextOfAllThatIsKnownHasTheIntervalThatItIsShownFor() {
        Played.to(snapshots(new LiveMetrics().format()).forTest(), Played.tcp(2));

        assertThat(texts).hasSize(3); // two intervals and the end
        assertThat(texts.getFirst()).contains("pitot_transferred_bytes_total").contains("} 1000.0");
        assertThat(texts.get(1)).contains("} 4000.0");
        assertThat(texts.getLast()).contains("outcome=\"completed\"");
    }

    @Test
    void aTextOfOneRecordIsNotShownAtTheEnd() {
        Played.to(snapshots(new Iperf3RsText().format()).forTest(), Played.tcp(2));

        assertThat(texts).hasSize(2);
        assertThat(texts.getLast()).contains("iperf3_transferred_bytes 3000");
    }

    @Test
    void aWindowSaysHowOftenTextsAreShown() {
        SnapshotFormat format = new LiveMetrics().format().withWindow(Duration.ofSeconds(10));

        Played.to(snapshots(format).forTest(), Played.tcp(3));

        assertThat(texts).hasSize(2); // the window that the end completes, and the end
        assertThat(format.isReplaceable()).isTrue();
        assertThat(new Iperf3RsText().format().isReplaceable()).isTrue();
        assertThat(new Iperf3RsText().format().withWindow(Duration.ofSeconds(1)).isReplaceable())
                .isFalse();
    }

    @Test
    void aClientsFailureIsShownEvenIfTheTestNeverBegan() {
        snapshots(new LiveMetrics().format()).forTest().onEvent(BUSY);

        assertThat(texts).hasSize(1);
        assertThat(texts.getFirst()).contains("role=\"client\"").contains("outcome=\"busy\"");
    }

    @Test
    void aServersStrangersAreCountedButShownWithTheNextTest() {
        ServerListener server = snapshots(new LiveMetrics().format()).forServer();

        server.onServerEvent(new ServerEvent.ConnectionDropped("no cookie", 3));
        server.onTest(1).onEvent(BUSY);
        assertThat(texts).isEmpty();

        TestListener second = server.onTest(2);
        Played.to(second, Played.tcp(1));
        assertThat(texts.getLast())
                .contains("pitot_connections_dropped_total 3.0")
                .contains("outcome=\"busy\"")
                .contains("role=\"server\"");
    }

    @Test
    void aFormatWithoutAStateServesAServerToo() {
        ServerListener server = snapshots(new Iperf3RsText().format()).forServer();

        server.onServerEvent(new ServerEvent.Listening(5201, 1));
        Played.to(server.onTest(1), Played.tcp(1));

        assertThat(texts).hasSize(1);
    }
}
