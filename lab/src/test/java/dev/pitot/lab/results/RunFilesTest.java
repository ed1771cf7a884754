package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.OutputSettings.SeriesFormat;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.results.FileAllocator.FileOpener;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.model.config.Protocol;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
    private static final String TX = "upstream_tx_tcp_tate_quick_r1_lab_20261121173000";
    private static final TestCase TEST = ResultFixtures.test(1, NodeDirection.FROM_NODE, Protocol.TCP, Map.of());

    @TempDir
    private Path below;

    @Test
    void rawLinesHaveTheTimeOfTheirArrivalAndErrorsAFileOfTheirOwn() throws IOException, ResultsException {
        try (ResultsFolder folder = ResultFixtures.folder(below, ResultFixtures.plan(null, "lab", TEST))) {
            RunFiles run = folder.begin(TEST, 1, List.of());
            LineListener raw = run.raw(TestEnd.SENDER);
            raw.onLine(ResultFixtures.out(7, "Connecting, to"));
            raw.onLine(ResultFixtures.err(1_999, "iperf3: error"));
            raw.onLine(ResultFixtures.out(2_000, ""));

            assertThat(ResultFixtures.text(folder, "raw_iperf/" + TX + ".iperf"))
                    .isEqualTo("2026-11-21T17:30:00.007+05:30,Connecting, to\n2026-11-21T17:30:02.000+05:30,\n");
            assertThat(ResultFixtures.text(folder, "raw_iperf/" + TX + ".err"))
                    .isEqualTo("2026-11-21T17:30:01.999+05:30,iperf3: error\n");
            assertThat(run.rawFiles()).containsExactly("raw_iperf/" + TX + ".iperf", "raw_iperf/" + TX + ".err");
            assertThat(run.faults()).isEmpty();
        }
    }

    @Test
    void theSeriesHasEachIntervalWithTheTimeOfItsStart() throws IOException, ResultsException {
        try (ResultsFolder folder = ResultFixtures.folder(below, ResultFixtures.plan(null, "lab", TEST))) {
            RunFiles run = folder.begin(TEST, 1, List.of());
            run.measuringSince(ResultFixtures.NOON.plusMillis(250));
            run.row(TestEnd.SENDER, ResultFixtures.interval(5, 0, 1_250_000));
            run.row(
                    TestEnd.SENDER,
                    ResultFixtures.with(
                            ResultFixtures.interval(null, 1, 12.5), new Row.Details(3L, 100L, 2L, 1L, 0.0625)));
            run.row(
                    TestEnd.SENDER,
                    new Row(
                            Row.Kind.INTERVAL,
                            new Row.Series(5, null),
                            2,
                            3,
                            new Row.Amounts(new RoundedValue(1e6, 5e3), new RoundedValue(8e6, 5e3)),
                            Row.Details.NONE));
            run.row(TestEnd.SENDER, ResultFixtures.total(5, true, 2));
            run.close();

            assertThat(ResultFixtures.text(folder, "parsed/" + TX + ".csv")).isEqualTo("""
                            time,start,end,stream,sender,bytes,bits_per_second,retransmits,datagrams,lost,out_of_order,jitter_ms,exact,note
                            2026-11-21T17:30:00.250+05:30,0,1,5,true,1250000,10000000,,,,,,true,
                            2026-11-21T17:30:01.250+05:30,1,2,sum,true,12.5,100,3,100,2,1,0.0625,true,
                            2026-11-21T17:30:02.250+05:30,2,3,5,,1000000,8000000,,,,,,false,
                            """);
        }
    }

    @Test
    void apetoolsFormHasTheSumOfSeveralStreams() throws IOException, ResultsException {
        TestCase test = ResultFixtures.test(1, NodeDirection.FROM_NODE, Protocol.TCP, Map.of("parallel", "2"));
        try (ResultsFolder folder = apetools(test)) {
            RunFiles run = folder.begin(test, 1, List.of());
            run.row(TestEnd.SENDER, ResultFixtures.interval(5, 0, 1_250_000));
            run.row(TestEnd.SENDER, ResultFixtures.interval(7, 0, 1_250_000));
            run.row(TestEnd.SENDER, ResultFixtures.interval(null, 0, 2_500_001));
            run.close();

            assertThat(ResultFixtures.text(
                            folder, "parsed/upstream_tx_tcp_tate_parallel_2_quick_r1_lab_20261121173000.csv"))
                    .isEqualTo("timestamp,Mbits\n2026-11-21T17:30:00.000+05:30,20.000008\n");
        }
    }

    @Test
    void streamsWithoutASumAreAddedUpAMissingOneIsAGapAndAnAbsurdRateIsMarked() throws IOException, ResultsException {
        TestCase test = ResultFixtures.test(1, NodeDirection.FROM_NODE, Protocol.TCP, Map.of("parallel", "2"));
        String name = "parsed/upstream_tx_tcp_tate_parallel_2_quick_r1_lab_20261121173000.csv";
        for (SeriesFormat columns : SeriesFormat.values()) {
            Path folderOfOne = below.resolve(columns.name());
            try (ResultsFolder folder = ResultFixtures.folder(folderOfOne, ResultFixtures.plan(test, columns, 1e9))) {
                RunFiles run = folder.begin(test, 1, List.of());
                run.row(TestEnd.SENDER, ResultFixtures.interval(5, 0, 1_250_000));
                run.row(TestEnd.SENDER, ResultFixtures.interval(5, 1, 1_250_000));
                run.row(TestEnd.SENDER, ResultFixtures.interval(5, 2, 1_250_000_000));
                run.row(TestEnd.SENDER, ResultFixtures.interval(7, 0, 1_250_000));
                run.row(TestEnd.SENDER, ResultFixtures.interval(7, 2, 1_250_000));
                run.close();

                assertThat(ResultFixtures.text(folder, name).lines().skip(1).map(line -> line.substring(30)))
                        .containsExactlyElementsOf(
                                columns == SeriesFormat.APETOOLS
                                        ? List.of("20", "", "")
                                        : List.of(
                                                "0,1,5,true,1250000,10000000,,,,,,true,",
                                                "0,1,7,true,1250000,10000000,,,,,,true,",
                                                "0,1,sum,true,2500000,20000000,,,,,,true,",
                                                "1,2,5,true,1250000,10000000,,,,,,true,",
                                                "1,2,sum,true,,,,,,,,,gap",
                                                "2,3,5,true,1250000000,10000000000,,,,,,true,absurd",
                                                "2,3,7,true,1250000,10000000,,,,,,true,",
                                                "2,3,sum,true,1251250000,10010000000,,,,,,true,absurd"));
                assertThat(Objects.requireNonNull(run.intervals())).isEqualTo(new RunResult.Intervals(20e6, 1L));
            }
        }
    }

    @Test
    void apetoolsFormHasTheOnlyStream() throws IOException, ResultsException {
        try (ResultsFolder folder = apetools(TEST)) {
            RunFiles run = folder.begin(TEST, 1, List.of());
            run.row(TestEnd.SENDER, ResultFixtures.interval(5, 0, 1_250_000));
            run.row(TestEnd.SENDER, ResultFixtures.interval(null, 0, 1_250_000));
            run.close();

            assertThat(ResultFixtures.text(folder, "parsed/" + TX + ".csv"))
                    .isEqualTo("timestamp,Mbits\n2026-11-21T17:30:00.000+05:30,10\n");
        }
    }

    @Test
    void twoTestsAtOnceKeepTheirLinesApartThoughTheirNamesAreTheSame()
            throws IOException, ResultsException, InterruptedException {
        TestCase second = ResultFixtures.repeated(TEST, 2, 1);
        try (ResultsFolder folder = ResultFixtures.folder(below, ResultFixtures.plan(null, "lab", TEST, second))) {
            RunFiles one = folder.begin(TEST, 1, List.of());
            RunFiles two = folder.begin(second, 1, List.of());
            var start = new CountDownLatch(1);
            List<Thread> threads = List.of(
                    Thread.ofVirtual().start(() -> write(one.raw(TestEnd.SENDER), "one", start)),
                    Thread.ofVirtual().start(() -> write(one.raw(TestEnd.RECEIVER), "one", start)),
                    Thread.ofVirtual().start(() -> write(two.raw(TestEnd.SENDER), "two", start)),
                    Thread.ofVirtual().start(() -> write(two.raw(TestEnd.RECEIVER), "two", start)));
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(one.rawFiles()).hasSize(2).doesNotContainAnyElementsOf(two.rawFiles());
            for (String name : one.rawFiles()) {
                assertThat(ResultFixtures.text(folder, name).lines())
                        .hasSize(300)
                        .allMatch(line -> line.endsWith(",one"));
                assertThat(ResultFixtures.text(folder, "files.csv"))
                        .containsPattern("(?m)^" + name + ",raw,1,1,1,quick,tate,tpc,from_node,(sender|receiver)$");
            }
            for (String name : two.rawFiles()) {
                assertThat(ResultFixtures.text(folder, name).lines())
                        .hasSize(300)
                        .allMatch(line -> line.endsWith(",two"));
                assertThat(ResultFixtures.text(folder, "files.csv"))
                        .contains(name + ",raw,2,1,1,quick,tate,tpc,from_node,");
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskEndsOneFileAndIsToldByTheVerdict() throws IOException, ResultsException {
        FileOpener fullForErrors = (path, options) -> path.toString().endsWith(".err")
                ? new FileOutputStream("/dev/full")
                : FileOpener.ON_DISK.open(path, options);
        var setting = new ResultsFolder.ResultsOptions(
                InstantSource.fixed(ResultFixtures.NOON), ResultFixtures.ZONE, fullForErrors);
        try (ResultsFolder folder =
                ResultsFolder.create(below, ResultFixtures.plan(null, "lab", TEST), ResultFixtures.COPY, setting)) {
            RunFiles run = folder.begin(TEST, 1, List.of());
            run.raw(TestEnd.SENDER).onLine(ResultFixtures.err(1, "lost"));
            run.raw(TestEnd.SENDER).onLine(ResultFixtures.out(2, "kept"));
            RunResult kept =
                    folder.end(run, ResultFixtures.result(TEST, ResultFixtures.nothing(), ResultFixtures.passed()));

            assertThat(kept.verdict().kind()).isEqualTo(Verdict.Kind.FAILED);
            assertThat(kept.verdict().reason())
                    .isEqualTo("raw_iperf/" + TX + ".err could not be written (No space left on device): what came"
                            + " after is not in it. Make room, then run the test again.");
            assertThat(ResultFixtures.text(folder, "raw_iperf/" + TX + ".iperf"))
                    .isEqualTo("2026-11-21T17:30:00.002+05:30,kept\n");
            assertThat(Results.read(folder.path()).runs()).containsExactly(kept);
            assertThat(folder.faults()).isEmpty();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsToldOnceForAllFilesOfATest() throws ResultsException {
        FileOpener fullForRaw = (path, options) -> path.toString().contains("raw_iperf")
                ? new FileOutputStream("/dev/full")
                : FileOpener.ON_DISK.open(path, options);
        var setting = new ResultsFolder.ResultsOptions(
                InstantSource.fixed(ResultFixtures.NOON), ResultFixtures.ZONE, fullForRaw);
        try (ResultsFolder folder =
                ResultsFolder.create(below, ResultFixtures.plan(null, "lab", TEST), ResultFixtures.COPY, setting)) {
            RunFiles run = folder.begin(TEST, 1, List.of());
            for (TestEnd end : TestEnd.values()) {
                run.raw(end).onLine(ResultFixtures.out(1, "lost"));
                run.raw(end).onLine(ResultFixtures.err(1, "lost"));
            }
            RunResult kept =
                    folder.end(run, ResultFixtures.result(TEST, ResultFixtures.nothing(), ResultFixtures.passed()));

            assertThat(kept.verdict().reason())
                    .endsWith("Make room, then run the test again. (3 more of its files failed, too)")
                    .containsOnlyOnce("could not be written");
        }
    }

    @Test
    void whatComesAfterTheEndIsPassedOver() throws IOException, ResultsException {
        try (ResultsFolder folder = ResultFixtures.folder(below, ResultFixtures.plan(null, "lab", TEST))) {
            RunFiles run = folder.begin(TEST, 1, List.of());
            LineListener raw = run.raw(TestEnd.SENDER);
            run.close();
            raw.onLine(ResultFixtures.out(1, "late"));
            raw.onLine(ResultFixtures.err(1, "late"));

            assertThat(ResultFixtures.text(folder, "raw_iperf/" + TX + ".iperf"))
                    .isEmpty();
        }
    }

    @Test
    void closingTheFolderEndsWhatNobodyEnded() throws IOException, ResultsException {
        ResultsFolder folder = ResultFixtures.folder(below, ResultFixtures.plan(null, "lab", TEST));
        RunFiles run = folder.begin(TEST, 1, List.of());
        LineListener raw = run.raw(TestEnd.SENDER);
        folder.close();
        raw.onLine(ResultFixtures.out(1, "late"));
        run.raw(TestEnd.RECEIVER).onLine(ResultFixtures.out(1, "late"));

        for (String name : run.rawFiles()) {
            assertThat(ResultFixtures.text(folder, name)).isEmpty();
        }
    }

    private ResultsFolder apetools(TestCase test) throws ResultsException {
        return ResultFixtures.folder(below, ResultFixtures.plan(test, SeriesFormat.APETOOLS, 1e15));
    }

    private static void write(LineListener raw, String text, CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < 300; i++) {
            raw.onLine(ResultFixtures.out(i, text));
        }
    }
}
