package dev.pitot.lab.results;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.OutputSettings;
import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanFixtures;
import dev.pitot.lab.plan.SessionOptions;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.plan.Threshold;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.lab.tool.Iperf2Options;
import dev.pitot.lab.tool.TestSettings;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plans, tests and rows for tests.
final class ResultFixtures {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final ZoneId ZONE = ZoneOffset.ofHoursMinutes(5, 30);
    static final ResultsFolder.PlanCopy COPY = new ResultsFolder.PlanCopy("plan.yaml", "title: tate 71\n");
    static final Threshold FAST = new Threshold(Threshold.ThresholdMetric.BITRATE, true, 100e6);
    static final Threshold WHOLE = new Threshold(Threshold.ThresholdMetric.LOSS, false, 1);

    private ResultFixtures() {}

    static TestCase test(int number, NodeDirection direction, Protocol protocol, Map<String, String> sweep) {
        return test(number, new TestCase.Pair("tate", "tpc", direction), protocol, sweep);
    }

    static TestCase test(int number, TestCase.Pair pair, Protocol protocol, Map<String, String> sweep) {
        TestConfig config = TestConfig.builder()
                .protocol(protocol)
                .parallel(Integer.parseInt(sweep.getOrDefault("parallel", "1")))
                .build();
        var client = new ClientConfig(
                new Endpoint("any", 5201), config, LocalBinding.ANY, Timeouts.DEFAULT, ReportInterval.DEFAULT);
        var settings = new TestSettings(List.of(), client, Iperf2Options.NONE, TestSettings.OutputStyle.EXACT);
        return new TestCase(
                number,
                1,
                pair,
                new TestCase.TestSpec("quick", settings, new ParameterSet(Map.of(), sweep)),
                null,
                List.of());
    }

    static TestCase with(TestCase test, Map<String, String> variables) {
        var parameters = new ParameterSet(variables, test.spec().parameters().sweep());
        return new TestCase(
                test.number(),
                test.repetition(),
                test.pair(),
                new TestCase.TestSpec(test.spec().test(), test.spec().settings(), parameters),
                test.engine(),
                test.thresholds());
    }

    static TestCase repeated(TestCase test, int number, int repetition) {
        return new TestCase(number, repetition, test.pair(), test.spec(), test.engine(), test.thresholds());
    }

    static Plan plan(@Nullable String folder, String title, TestCase... cases) {
        return new Plan(title, Map.of(), List.of(cases), PlanFixtures.NONE, rules(folder, ""));
    }

    /// With a form of the series, and a rate above which nothing is believed.
    static Plan plan(TestCase test, OutputSettings.SeriesFormat series, double maximum) {
        var options = new SessionOptions(
                new OutputSettings(null, "", series, maximum), 1, null, 1, Duration.ZERO, Duration.ZERO);
        return new Plan("lab", Map.of(), List.of(test), PlanFixtures.NONE, options);
    }

    static SessionOptions rules(@Nullable String folder, String prefix) {
        var output = new OutputSettings(folder, prefix, OutputSettings.SeriesFormat.DETAILED, 1e15);
        return new SessionOptions(output, 1, null, 1, Duration.ZERO, Duration.ZERO);
    }

    static Row interval(@Nullable Integer stream, double start, double bytes) {
        return row(Row.Kind.INTERVAL, stream, true, start, start + 1, bytes);
    }

    static Row total(@Nullable Integer stream, @Nullable Boolean isSender, double bytes) {
        return row(Row.Kind.TOTAL, stream, isSender, 0, 2, bytes);
    }

    static Row with(Row row, Row.Details details) {
        return new Row(row.kind(), row.series(), row.startSeconds(), row.endSeconds(), row.amounts(), details);
    }

    private static Row row(
            Row.Kind kind,
            @Nullable Integer stream,
            @Nullable Boolean isSender,
            double start,
            double end,
            double bytes) {
        return new Row(
                kind,
                new Row.Series(stream, isSender),
                start,
                end,
                new Row.Amounts(RoundedValue.exact(bytes), RoundedValue.exact(bytes * 8 / (end - start))),
                Row.Details.NONE);
    }

    static OutputLine out(long afterMillis, String text) {
        return new OutputLine(NOON.plusMillis(afterMillis), OutputLine.Origin.OUT, text);
    }

    static OutputLine err(long afterMillis, String text) {
        return new OutputLine(NOON.plusMillis(afterMillis), OutputLine.Origin.ERR, text);
    }

    static RunResult result(TestCase test, RunResult.Measurements measurements, Verdict verdict) {
        return new RunResult(
                TestId.of(test),
                1,
                EngineKind.IPERF3,
                new RunResult.Time(NOON, NOON.plusMillis(10_250)),
                measurements,
                verdict);
    }

    static Verdict passed() {
        return new Verdict(Verdict.Kind.PASSED, null, null, List.of());
    }

    static RunResult.Measurements nothing() {
        return new RunResult.Measurements(List.of(), List.of(), List.of(), Observations.NONE);
    }

    static ResultsFolder folder(Path below, Plan plan) throws ResultsException {
        return ResultsFolder.create(below, plan, COPY, InstantSource.fixed(NOON), ZONE);
    }

    static String text(ResultsFolder folder, String name) throws IOException {
        return Files.readString(folder.path().resolve(name));
    }
}
