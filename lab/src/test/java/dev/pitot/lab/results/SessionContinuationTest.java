package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.results.ResultsFolder.PlanCopy;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.model.config.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions whose folders are opened again after they were cut off anywhere.
class SessionContinuationTest {
    private static final List<String> SUMMARIES =
            List.of("summary.csv", "summary.json", "summary.txt", "junit.xml", "results.jsonl");
    private static final TestCase[] TESTS = tests();
    private static final Plan PLAN = ResultFixtures.plan("out", "twelve", TESTS);

    @TempDir
    private Path below;

    private static TestCase[] tests() {
        TestCase[] tests = new TestCase[12];
        for (int i = 0; i < tests.length; i++) {
            tests[i] = ResultFixtures.test(
                    i + 1, NodeDirection.TO_NODE, Protocol.TCP, Map.of("parallel", String.valueOf(i + 1)));
        }
        return tests;
    }

    private static ResultsFolder folder(Path below, PlanCopy copy) throws ResultsException {
        return ResultsFolder.create(below, PLAN, copy, InstantSource.fixed(ResultFixtures.NOON), ResultFixtures.ZONE);
    }

    /// Runs what is left; every fourth test fails the first time, as a session does that retries once.
    private static Path run(Path below, PlanCopy copy) throws ResultsException {
        try (ResultsFolder folder = folder(below, copy)) {
            List<TestCase> again = new ArrayList<>();
            for (TestCase test : TESTS) {
                if (copy.attempt(test) == 1) {
                    boolean isFailing = test.number() % 4 == 0;
                    folder.keep(result(test, 1, isFailing ? Verdict.Kind.FAILED : Verdict.Kind.PASSED));
                    if (isFailing) {
                        again.add(test);
                    }
                } else if (copy.attempt(test) > 1) {
                    again.add(test);
                }
            }
            again.forEach(test -> folder.keep(result(test, 2, Verdict.Kind.PASSED)));
            folder.finish();
            return folder.path();
        }
    }

    private static RunResult result(TestCase test, int attempt, Verdict.Kind kind) {
        var measurements = new Measurements(
                List.of(),
                List.of(ResultFixtures.total(null, false, 1000.0 / 3 * test.number())),
                List.of(),
                Observations.NONE);
        RunResult first = ResultFixtures.result(test, measurements, new Verdict(kind, null, null, List.of()));
        return new RunResult(first.id(), attempt, first.engine(), first.time(), measurements, first.verdict());
    }

    private static PlanCopy left(Path folder, boolean withFailed) throws ResultsException {
        var left = SessionContinuation.of(Results.read(folder), PLAN, withFailed, _ -> true);
        return new PlanCopy("plan.yaml", "x", null, List.of(), left);
    }

    @Test
    void cutOffAnywhereTheResultsAreThoseOfAnUnbrokenSession() throws IOException, ResultsException {
        Path whole = run(below, ResultFixtures.COPY);
        byte[] lines = Files.readAllBytes(whole.resolve("results.jsonl"));
        var random = new Random(15);
        for (int i = 0; i < 20; i++) {
            Path cut = Files.createDirectories(below.resolve("cut" + i));
            for (String name : List.of("session.json", "plan.yaml", "files.csv", "session.log")) {
                Files.copy(whole.resolve(name), cut.resolve(name));
            }
            int bytes = random.nextInt(lines.length);
            Files.write(cut.resolve("results.jsonl"), Arrays.copyOf(lines, bytes));

            run(below, left(cut, false));

            for (String name : SUMMARIES) {
                assertThat(cut.resolve(name)).as(name + " at " + bytes).hasSameBinaryContentAs(whole.resolve(name));
            }
            boolean isWhole = bytes == 0 || lines[bytes - 1] == '\n';
            assertThat(Files.exists(cut.resolve("results.cut"))).isEqualTo(!isWhole);
        }
    }

    @Test
    void summariesMadeAgainAreTheSameToTheLetter() throws IOException, ResultsException {
        Path folder = FourTestsFixture.write(below).path();
        List<String> names = List.of("summary.csv", "summary.json", "summary.txt", "junit.xml");
        List<String> before = new ArrayList<>();
        for (String name : names) {
            before.add(Files.readString(folder.resolve(name)));
            Files.writeString(folder.resolve(name), "broken");
        }

        Results.read(folder).summarize();

        for (int i = 0; i < names.size(); i++) {
            assertThat(folder.resolve(names.get(i))).hasContent(before.get(i));
        }
        assertThat(folder.resolve("summary.csv.part")).doesNotExist();
    }

    @Test
    void whatIsWholeNeedsNothing() throws ResultsException {
        Path whole = run(below, ResultFixtures.COPY);

        assertThat(SessionContinuation.of(Results.read(whole), PLAN, false, _ -> true)
                        .left())
                .isZero();
    }

    @Test
    void failedTestsAndThoseThatMissedAThresholdRunAgainIfThatIsWished() throws ResultsException {
        Path folder;
        try (ResultsFolder open = folder(below, ResultFixtures.COPY)) {
            folder = open.path();
            open.keep(result(TESTS[0], 1, Verdict.Kind.PASSED));
            open.keep(result(TESTS[1], 1, Verdict.Kind.FAILED));
            open.keep(result(TESTS[1], 2, Verdict.Kind.FAILED));
            open.keep(result(TESTS[2], 1, Verdict.Kind.MISSED));
            open.keep(result(TESTS[3], 1, Verdict.Kind.STOPPED));
            open.keep(result(TESTS[4], 1, Verdict.Kind.FAILED));
            open.keep(result(TESTS[4], 2, Verdict.Kind.STOPPED));
        }
        PlanCopy resumed = left(folder, false);
        PlanCopy failed = left(folder, true);

        assertThat(Arrays.stream(TESTS).limit(6).map(resumed::attempt)).containsExactly(0, 0, 0, 1, 2, 1);
        assertThat(Arrays.stream(TESTS).limit(6).map(failed::attempt)).containsExactly(0, 3, 2, 1, 2, 1);
        assertThat(SessionContinuation.of(Results.read(folder), PLAN, true, test -> test.number() == 2)
                        .left())
                .isEqualTo(1);
    }

    @Test
    void aChangedPlanIsRefused() throws ResultsException {
        Path whole = run(below, ResultFixtures.COPY);
        Plan fewer = ResultFixtures.plan("out", "twelve", TESTS[0]);
        Plan other = ResultFixtures.plan(
                "out", "twelve", ResultFixtures.test(1, NodeDirection.FROM_NODE, Protocol.TCP, Map.of()));

        assertThatThrownBy(() -> SessionContinuation.of(Results.read(whole), fewer, false, _ -> true))
                .isInstanceOf(ResultsException.class)
                .hasMessage("The plan in " + whole + " was changed: its results have a test 2 (quick; tpc to tate, TCP,"
                        + " parallel 2, repetition 1) that the plan does not have. Run the changed plan anew.");
        assertThatThrownBy(() -> SessionContinuation.of(Results.read(whole), other, false, _ -> true))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("its results have a test 1 ");
    }

    @Test
    void anAttemptThatWasStoppedDoesNotReplaceAMeasuredOne() {
        var summary = new SessionSummary(
                "tate",
                ResultFixtures.NOON,
                List.of(result(TESTS[0], 1, Verdict.Kind.MISSED), result(TESTS[0], 2, Verdict.Kind.STOPPED)),
                ResultFixtures.ZONE);

        assertThat(summary.runs()).extracting(run -> run.verdict().kind()).containsExactly(Verdict.Kind.MISSED);
    }
}
