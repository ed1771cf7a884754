package dev.pitot.lab.results;

import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.model.config.Protocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A session of four tests: one passes, its repetition misses a threshold, one fails, and one is
/// never begun.
final class FourTestsFixture {
    static final TestCase FIRST =
            ResultFixtures.test(1, NodeDirection.FROM_NODE, Protocol.TCP, Map.of("parallel", "2"));
    static final TestCase SECOND = ResultFixtures.repeated(FIRST, 2, 2);
    static final TestCase THIRD =
            ResultFixtures.test(3, NodeDirection.TO_NODE, Protocol.UDP, Map.of("length", "1,470"));
    static final TestCase FOURTH = ResultFixtures.test(4, NodeDirection.TO_NODE, Protocol.TCP, Map.of());
    static final Plan PLAN = ResultFixtures.plan("tate_71_{t}", "tate 71", FIRST, SECOND, THIRD, FOURTH);
    static final String TX = "upstream_tx_tcp_tate_angle_090_parallel_2_quick_r1_tate_71_20261121173000";

    private FourTestsFixture() {}

    /// Written and closed.
    static ResultsFolder write(Path below) throws ResultsException {
        try (ResultsFolder folder = ResultFixtures.folder(below, PLAN)) {
            folder.log("a hook said \u001b[2J\nand more");
            first(folder);
            second(folder);
            third(folder);
            folder.keep(ResultFixtures.result(
                    FOURTH,
                    ResultFixtures.nothing(),
                    new Verdict(Verdict.Kind.STOPPED, null, "The session was stopped.", List.of())));
            folder.finish();
            return folder;
        }
    }

    private static void first(ResultsFolder folder) {
        RunFiles run = folder.begin(FIRST, 1, List.of("angle_090"));
        run.raw(TestEnd.RECEIVER).onLine(ResultFixtures.out(0, "Server listening on 5201"));
        run.raw(TestEnd.SENDER).onLine(ResultFixtures.out(1_000, "{\"event\":\"interval\"}"));
        run.row(TestEnd.SENDER, ResultFixtures.interval(null, 0, 12_500_000));
        folder.end(run, ResultFixtures.result(FIRST, figures(25_000_000, 24_999_999, run), ResultFixtures.passed()));
    }

    private static void second(ResultsFolder folder) {
        RunFiles run = folder.begin(SECOND, 1, List.of("angle_180"));
        run.raw(TestEnd.SENDER);
        Measurements measurements = figures(20_000_000, 20_000_000, run);
        Verdict verdict = Thresholds.missed(List.of(ResultFixtures.FAST), Totals.of(measurements))
                .verdict();
        folder.end(run, ResultFixtures.result(SECOND, measurements, verdict));
    }

    /// Tried twice, in vain.
    private static void third(ResultsFolder folder) {
        for (int attempt = 1; attempt <= 2; attempt++) {
            RunFiles run = folder.begin(THIRD, attempt, List.of());
            run.raw(TestEnd.SENDER).onLine(ResultFixtures.err(5, "iperf3: error - \"refused\" <&>"));
            RunResult failed = ResultFixtures.result(
                    THIRD,
                    new Measurements(List.of(), List.of(), run.rawFiles(), Observations.NONE),
                    new Verdict(
                            Verdict.Kind.FAILED,
                            ErrorKind.REFUSED,
                            "No server runs on tate: \"refused\" <&> \u0001.",
                            List.of()));
            folder.end(
                    run,
                    new RunResult(
                            failed.id(),
                            attempt,
                            failed.engine(),
                            failed.time(),
                            failed.measurements(),
                            failed.verdict()));
        }
    }

    private static Measurements figures(double sent, double received, RunFiles run) {
        return new Measurements(
                List.of(ResultFixtures.with(
                        ResultFixtures.total(null, true, sent), new Row.Details(3L, null, null, null, null))),
                List.of(ResultFixtures.total(null, false, received)),
                run.rawFiles(),
                Observations.NONE);
    }
}
