package dev.pitot.lab.session;

import dev.pitot.lab.hook.HookContext;
import dev.pitot.lab.measurement.CommandReport;
import dev.pitot.lab.measurement.IperfTest;
import dev.pitot.lab.measurement.NodeHandle;
import dev.pitot.lab.measurement.TestContext;
import dev.pitot.lab.measurement.TestOutcome;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.Hook.Moment;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.results.Observations;
import dev.pitot.lab.results.RunFiles;
import dev.pitot.lab.results.RunResult;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.lab.results.TestEnd;
import dev.pitot.lab.results.TestId;
import dev.pitot.lab.results.Thresholds;
import dev.pitot.lab.results.Totals;
import dev.pitot.lab.session.TestQueue.Attempt;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One turn of one test: hooks before, the test, its files and verdict, hooks after. On a
/// thread of its own; any thread may stop it.
final class TestExecution {
    private final RunContext context;
    private final Attempt turn;
    private final int slot;
    private final Instant began;
    private final IperfTest test;
    private final Map<String, String> values = new LinkedHashMap<>(); // of hooks; used by the thread of the test
    private @Nullable HookContext hookContext;
    private boolean mayComeAgain = true;

    /// @param slot the lowest that no other running test has
    TestExecution(RunContext context, Attempt turn, int slot) {
        this.context = context;
        this.turn = turn;
        this.slot = slot;
        began = context.setup().clock().instant();
        TestCase of = turn.test();
        test = new IperfTest(
                of.spec().settings(),
                new TestContext(
                        context.devices().session(),
                        slot,
                        of.engine(),
                        context.setup().plan().options().deadline(),
                        this::beforeClient,
                        context.folder()::log));
    }

    Attempt attempt() {
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

    /// Whether another attempt could go better.
    boolean mayComeAgain() {
        return mayComeAgain;
    }

    RunResult execute() throws InterruptedException {
        String obstacle = obstacle();
        if (obstacle != null) {
            RunResult result = result(Verdict.Kind.FAILED, obstacle);
            context.folder().keep(result);
            return result;
        }
        HookContext occasion = hookContext();
        this.hookContext = occasion;
        SessionFixtures.Results before = context.fixtures().before(occasion);
        values.putAll(before.values());
        RunFiles files = context.folder().begin(turn.test(), turn.attempt(), before.tags());
        RunResult result;
        try (MonitorReadings.Window window =
                context.fixtures().readings().open(turn.test().pair())) {
            try {
                String failure = before.failure();
                result = failure == null ? measured(files, window) : notRun(failure);
            } finally {
                values.putAll(
                        context.fixtures().end(Moment.AFTER_TEST, occasion).values());
            }
            result = observed(result, new Observations(values, window.statistics()));
        }
        return context.folder().end(files, result);
    }

    /// Why the nodes need not be tried.
    private @Nullable String obstacle() {
        String missing = context.devices().missing(turn.test());
        mayComeAgain = missing == null;
        TestCase.Pair pair = turn.test().pair();
        String ofNode = context.leases().obstacle(pair.node());
        return missing != null
                ? missing
                : ofNode != null ? ofNode : context.leases().obstacle(pair.peer());
    }

    /// On the thread of the test.
    private @Nullable String beforeClient() throws InterruptedException {
        SessionFixtures.Results results = context.fixtures().prepare(Moment.BEFORE_CLIENT, hookContext);
        values.putAll(results.values());
        return results.failure() == null ? null : results.failure() + ": the client was not started";
    }

    private RunResult notRun(String obstacle) {
        String stopped = context.fixtures().stopReason();
        return stopped == null ? result(Verdict.Kind.FAILED, obstacle) : result(Verdict.Kind.STOPPED, stopped);
    }

    private static RunResult observed(RunResult result, Observations observations) {
        Measurements measurements = result.measurements();
        return new RunResult(
                result.id(),
                result.attempt(),
                result.engine(),
                result.time(),
                new Measurements(measurements.sender(), measurements.receiver(), measurements.rawFiles(), observations),
                result.verdict());
    }

    private RunResult measured(RunFiles files, MonitorReadings.Window window) throws InterruptedException {
        TestCase.Pair pair = turn.test().pair();
        TestOutcome outcome = test.run(
                device(pair.sender()),
                device(pair.receiver()),
                output(files, TestEnd.SENDER, window),
                output(files, TestEnd.RECEIVER, window));
        var measurements =
                new Measurements(rows(outcome.sender()), rows(outcome.receiver()), files.rawFiles(), Observations.NONE);
        return new RunResult(
                TestId.of(turn.test()),
                turn.attempt(),
                outcome.engine(),
                new RunResult.Time(began, context.setup().clock().instant()),
                measurements,
                verdict(outcome.failure(), measurements));
    }

    private RunFilesOutput output(RunFiles files, TestEnd end, MonitorReadings.Window window) {
        return new RunFilesOutput(files, end, window, context.setup().clock());
    }

    private NodeHandle device(String name) {
        return Objects.requireNonNull(context.devices().byName().get(name), name); // the plan's own names
    }

    private static List<Row> rows(@Nullable CommandReport report) {
        return report == null ? List.of() : report.totals();
    }

    private Verdict verdict(TestOutcome.@Nullable Failure failure, Measurements measurements) {
        if (failure == null) {
            return Thresholds.missed(turn.test().thresholds(), Totals.of(measurements))
                    .verdict();
        }
        if (failure.isStopped()) {
            String reason = Objects.requireNonNullElse(context.fixtures().stopReason(), failure.reason());
            return new Verdict(Verdict.Kind.STOPPED, failure.kind(), reason, List.of());
        }
        return new Verdict(Verdict.Kind.FAILED, failure.kind(), failure.reason(), List.of());
    }

    /// A result without figures.
    RunResult result(Verdict.Kind kind, String reason) {
        return result(
                turn.test(), turn.attempt(), began, context.setup().clock().instant(), kind, reason);
    }

    /// A result without figures.
    static RunResult result(
            TestCase test, int attempt, Instant began, Instant ended, Verdict.Kind kind, String reason) {
        return new RunResult(
                TestId.of(test),
                attempt,
                null,
                new RunResult.Time(began, ended),
                new Measurements(List.of(), List.of(), List.of(), Observations.NONE),
                new Verdict(kind, null, reason, List.of()));
    }

    private HookContext hookContext() throws InterruptedException {
        TestCase of = turn.test();
        return new HookContext(
                new HookContext.Point(
                        of.spec().test(),
                        of.number(),
                        of.repetition(),
                        of.spec().parameters().variables()),
                end(of.pair().node()),
                end(of.pair().peer()),
                of.pair().direction() == NodeDirection.FROM_NODE);
    }

    /// The address is left out if it is not known: the test itself reports why.
    private HookContext.End end(String name) throws InterruptedException {
        NodeHandle device = context.devices().byName().get(name);
        if (device == null || !context.fixtures().hasHooks()) {
            return new HookContext.End(name, null);
        }
        try {
            return new HookContext.End(name, device.address());
        } catch (ConnectionException _) {
            return new HookContext.End(name, null);
        }
    }
}
