package dev.pitot.output.json;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// State of a test so far, collected from its events. Owned by one reporter.
final class TestProgress {
    private @Nullable TestStart start;
    private List<StreamInfo> streams = List.of();
    private @Nullable BufferSizes buffers;
    private @Nullable Summary summary;
    private boolean started;

    void onEvent(TestEvent event) {
        switch (event) {
            case TestEvent.ParametersAgreed(TestStart agreed) -> start = agreed;
            case TestEvent.StreamsConnected connected -> {
                streams = connected.streams();
                buffers = connected.buffers();
            }
            case TestEvent.Started _ -> started = true;
            case TestEvent.SummaryReady(TestReport report) -> onReport(report);
            case TestEvent.Finished finished -> onReport(finished.outcome().report());
            case TestEvent.IntervalDone _, TestEvent.Note _ -> {}
        }
    }

    // A server reports its first summary: as in iperf, the later exchange of results does not
    // change it.
    private void onReport(TestReport report) {
        if (summary == null) {
            summary = report.summary();
        }
    }

    /// The agreed parameters; null if there was no agreement.
    @Nullable TestStart start() {
        return start;
    }

    List<StreamInfo> streams() {
        return streams;
    }

    @Nullable BufferSizes buffers() {
        return buffers;
    }

    @Nullable Summary summary() {
        return summary;
    }

    /// True once data transfer has started.
    boolean hasStarted() {
        return started;
    }

    /// Role of this end; that of a client if there was no agreement.
    TestRole role() {
        return start == null ? TestRole.CLIENT : start.role();
    }

    boolean isOfDatagrams() {
        return start != null && start.config().protocol().isDatagram();
    }

    boolean wantsServerOutput() {
        return start != null && start.config().metadata().serverOutput();
    }
}
