package dev.pitot.lab.store;

import dev.pitot.lab.parse.Row;
import dev.pitot.lab.parse.Trouble;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.Heading;
import dev.pitot.lab.store.RunResult.Figures;
import dev.pitot.lab.store.RunResult.Verdict;
import dev.pitot.model.config.Protocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A session of four tests: one passes, its repetition misses a threshold, one fails, and one is
/// never begun.
final class FourTests {
    static final TestCase FIRST = Samples.test(1, Heading.FROM_NODE, Protocol.TCP, Map.of("parallel", "2"));
    static final TestCase SECOND = Samples.repeated(FIRST, 2, 2);
    static final TestCase THIRD = Samples.test(3, Heading.TO_NODE, Protocol.UDP, Map.of("length", "1,470"));
    static final TestCase FOURTH = Samples.test(4, Heading.TO_NODE, Protocol.TCP, Map.of());
    static final Plan PLAN = Samples.plan("tate_71_{t}", "tate 71", FIRST, SECOND, THIRD, FOURTH);
    static final String TX = "upstream_tx_tcp_tate_angle_090_parallel_2_quick_r1_tate_71_20261121173000";

    private FourTests() {}

    /// Written and closed.
    static ResultsFolder write(Path below) throws StoreException {
        try (ResultsFolder folder = Samples.folder(below, PLAN)) {
            folder.log("a hook said \u001b[2J\nand more");
            first(folder);
            second(folder);
            third(folder);
            folder.keep(Samples.result(
                    FOURTH,
                    Samples.nothing(),
                    new Verdict(Verdict.Kind.STOPPED, null, "The session was stopped.", List.of())));
            folder.finish();
            return folder;
        }
    }

    private static void first(ResultsFolder folder) {
        RunFiles run = folder.begin(FIRST, 1, List.of("angle_090"));
        run.raw(Side.RECEIVER).onLine(Samples.out(0, "Server listening on 5201"));
        run.raw(Side.SENDER).onLine(Samples.out(1_000, "{\"event\":\"interval\"}"));
        run.row(Side.SENDER, Samples.interval(null, 0, 12_500_000));
        folder.end(run, Samples.result(FIRST, figures(25_000_000, 24_999_999, run), Samples.passed()));
    }

    private static void second(ResultsFolder folder) {
        RunFiles run = folder.begin(SECOND, 1, List.of("angle_180"));
        run.raw(Side.SENDER);
        Figures figures = figures(20_000_000, 20_000_000, run);
        Verdict verdict =
                Thresholds.missed(List.of(Samples.FAST), Totals.of(figures)).verdict();
        folder.end(run, Samples.result(SECOND, figures, verdict));
    }

    /// Tried twice, in vain.
    private static void third(ResultsFolder folder) {
        for (int attempt = 1; attempt <= 2; attempt++) {
            RunFiles run = folder.begin(THIRD, attempt, List.of());
            run.raw(Side.SENDER).onLine(Samples.err(5, "iperf3: error - \"refused\" <&>"));
            RunResult failed = Samples.result(
                    THIRD,
                    new Figures(List.of(), List.of(), run.rawFiles(), Observations.NONE),
                    new Verdict(
                            Verdict.Kind.FAILED,
                            Trouble.REFUSED,
                            "No server runs on tate: \"refused\" <&> \u0001.",
                            List.of()));
            folder.end(
                    run,
                    new RunResult(THIRD, attempt, failed.engine(), failed.time(), failed.figures(), failed.verdict()));
        }
    }

    private static Figures figures(double sent, double received, RunFiles run) {
        return new Figures(
                List.of(Samples.with(Samples.total(null, true, sent), new Row.Details(3L, null, null, null, null))),
                List.of(Samples.total(null, false, received)),
                run.rawFiles(),
                Observations.NONE);
    }
}
