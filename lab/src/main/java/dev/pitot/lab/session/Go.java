package dev.pitot.lab.session;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.Heading;
import dev.pitot.lab.run.Circumstances;
import dev.pitot.lab.run.CommandReport;
import dev.pitot.lab.run.Device;
import dev.pitot.lab.run.IperfTest;
import dev.pitot.lab.run.TestOutcome;
import dev.pitot.lab.session.Session.Work;
import dev.pitot.lab.session.Turns.Turn;
import dev.pitot.lab.store.Observations;
import dev.pitot.lab.store.RunFiles;
import dev.pitot.lab.store.RunResult;
import dev.pitot.lab.store.RunResult.Figures;
import dev.pitot.lab.store.RunResult.Verdict;
import dev.pitot.lab.store.Side;
import dev.pitot.lab.store.Thresholds;
import dev.pitot.lab.store.Totals;
import dev.pitot.lab.watch.Hook.Moment;
import dev.pitot.lab.watch.Occasion;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One turn of one test: hooks before, the test, its files and verdict, hooks after. On a
/// thread of its own; any thread may stop it.
final class Go {
    private final Work work;
    private final Turn turn;
    private final int slot;
    private final Instant began;
    private final IperfTest test;

    /// @param slot the lowest that no other running test has
    Go(Work work, Turn turn, int slot) {
        this.work = work;
        this.turn = turn;
        this.slot = slot;
        began = work.setup().clock().instant();
        TestCase of = turn.test();
        test = new IperfTest(
                of.what().settings(),
                new Circumstances(
                        work.session(),
                        slot,
                        of.engine(),
                        work.setup().plan().rules().deadline(),
                        Circumstances.BeforeClient.NOTHING,
                        work.folder()::log));
    }

    Turn turn() {
        return turn;
    }

    int slot() {
        return slot;
    }

    void stop() {
        test.stop();
    }

    void kill() {
        test.kill();
    }

    RunResult carryOut() throws InterruptedException {
        Occasion occasion = occasion();
        Around.Before before = work.around().before(occasion);
        RunFiles files = work.folder().begin(turn.test(), turn.attempt(), before.tags());
        RunResult result;
        try {
            result = before.obstacle() == null ? measured(files) : hindered(before.obstacle());
        } finally {
            work.around().end(Moment.AFTER_TEST, occasion);
        }
        return work.folder().end(files, result);
    }

    private RunResult hindered(String obstacle) {
        return result(work.around().isStopped() ? Verdict.Kind.STOPPED : Verdict.Kind.FAILED, obstacle);
    }

    private RunResult measured(RunFiles files) throws InterruptedException {
        TestCase.Pair pair = turn.test().pair();
        TestOutcome outcome = test.run(
                device(pair.sender()),
                device(pair.receiver()),
                output(files, Side.SENDER),
                output(files, Side.RECEIVER));
        var figures = new Figures(
                rows(outcome.sender()),
                rows(outcome.receiver()),
                files.rawFiles(),
                Observations.NONE);
        return new RunResult(
                turn.test(),
                turn.attempt(),
                outcome.engine(),
                new RunResult.Time(began, work.setup().clock().instant()),
                figures,
                verdict(outcome.failure(), figures));
    }

    private FilesOutput output(RunFiles files, Side side) {
        return new FilesOutput(files, side, work.setup().clock());
    }

    private Device device(String name) {
        return Objects.requireNonNull(work.devices().byName().get(name), name); // the plan's own names
    }

    private static List<Row> rows(@Nullable CommandReport report) {
        return report == null ? List.of() : report.totals();
    }

    private Verdict verdict(TestOutcome.@Nullable Failure failure, Figures figures) {
        if (failure == null) {
            return Thresholds.missed(turn.test().thresholds(), Totals.of(figures))
                    .verdict();
        }
        Verdict.Kind kind = failure.isStopped() ? Verdict.Kind.STOPPED : Verdict.Kind.FAILED;
        return new Verdict(kind, failure.trouble(), failure.reason(), List.of());
    }

    /// A result without figures.
    RunResult result(Verdict.Kind kind, String reason) {
        return result(turn.test(), turn.attempt(), began, work.setup().clock().instant(), kind, reason);
    }

    /// A result without figures.
    static RunResult result(
            TestCase test, int attempt, Instant began, Instant ended, Verdict.Kind kind, String reason) {
        return new RunResult(
                test,
                attempt,
                null,
                new RunResult.Time(began, ended),
                new Figures(List.of(), List.of(), List.of(), Observations.NONE),
                new Verdict(kind, null, reason, List.of()));
    }

    private Occasion occasion() throws InterruptedException {
        TestCase of = turn.test();
        return new Occasion(
                of.what().test(),
                of.number(),
                of.repetition(),
                end(of.pair().node()),
                end(of.pair().peer()),
                of.pair().heading() == Heading.FROM_NODE);
    }

    /// A node whose address cannot be had is told without: the test itself says why.
    private Occasion.End end(String name) throws InterruptedException {
        Device device = work.devices().byName().get(name);
        if (device == null || !work.around().hasHooks()) {
            return new Occasion.End(name, null);
        }
        try {
            return new Occasion.End(name, device.address());
        } catch (ConnectionException _) {
            return new Occasion.End(name, null);
        }
    }
}
