package dev.pitot.metrics.prometheus;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.metric.OutcomeLabel;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestStart;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Metrics of one probe, on a separate page without other tests. Listens to the probe's test, so
/// that the results are on the page even if its end was not awaited. Thread-safe.
public final class ProbeMetrics implements TestListener {
    private static final double NANOS_PER_SECOND = 1e9;

    private volatile boolean hasBegun;
    private volatile TestReport report = TestReport.EMPTY;
    private volatile @Nullable Ending ending;

    @Override
    public void onEvent(TestEvent event) {
        switch (event) {
            case TestEvent.Started _ -> hasBegun = true;
            case TestEvent.SummaryReady(TestReport ready) -> report = ready;
            case TestEvent.Finished(Outcome outcome) -> onOutcome(outcome);
            case TestEvent.ParametersAgreed _,
                    TestEvent.StreamsConnected _,
                    TestEvent.IntervalDone _,
                    TestEvent.Note _ -> {}
        }
    }

    /// Records the outcome of the test.
    public void onOutcome(Outcome outcome) {
        report = outcome.report();
        ending = outcome.ending();
    }

    /// Returns the page.
    ///
    /// @param inTime true if the test was over before the probe's deadline; the probe succeeded if
    ///     it was, and the test was completed
    /// @param duration duration of the whole probe
    /// @param accept the request's `Accept` header; null if there is none
    public Page page(boolean inTime, Duration duration, @Nullable String accept) {
        var registry = new PrometheusRegistry();
        Ending end = ending;
        boolean success = inTime && end != null && end.isCompleted();
        gauge(registry, "pitot_probe_success", "1 if the test completed within the deadline, else 0.")
                .set(success ? 1 : 0);
        gauge(registry, "pitot_probe_duration_seconds", "Duration of the probe, including connecting.")
                .set(duration.toNanos() / NANOS_PER_SECOND);
        String outcome = inTime && end != null ? OutcomeLabel.of(end, hasBegun) : inTime ? "failed" : "cancelled";
        gauge(registry, "pitot_probe_outcome", "Outcome of the test, always 1.", "outcome")
                .labelValues(outcome)
                .set(1);
        if (end instanceof Ending.Failed failed) {
            gauge(registry, "pitot_probe_error", "iperf error that ended the test, always 1.", "error")
                    .labelValues(LabelValues.of(failed.error()))
                    .set(1);
        }
        TestStart start = report.start();
        Summary summary = report.summary();
        if (start != null && summary != null) {
            addFigures(registry, start.config().protocol(), summary);
        }
        return new Exposition(registry).page(accept);
    }

    private static void addFigures(PrometheusRegistry registry, Protocol protocol, Summary summary) {
        gauge(registry, "pitot_probe_test_duration_seconds", "Data transfer time, without warm-up.", "protocol")
                .labelValues(LabelValues.of(protocol))
                .set(FinalMetrics.seconds(summary));
        var figures = new ProbeGauges(registry, LabelValues.of(protocol));
        summary.directions().forEach(direction -> figures.add(direction, summary));
    }

    static Gauge gauge(PrometheusRegistry registry, String name, String help, String... labels) {
        return Objects.requireNonNull(Gauge.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry));
    }
}
