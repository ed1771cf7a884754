package dev.pitot.lab.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.parse.Measured;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.plan.TestCase.Heading;
import dev.pitot.lab.store.RunResult.Verdict;
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
    private static final TestCase TEST = Samples.test(1, Heading.FROM_NODE, Protocol.TCP, Map.of());

    @TempDir
    private Path below;

    @Test
    void rawLinesHaveTheTimeOfTheirArrivalAndErrorsAFileOfTheirOwn() throws IOException, StoreException {
        try (ResultsFolder folder = Samples.folder(below, Samples.plan(null, "lab", TEST))) {
            RunFiles run = folder.begin(TEST, 1, List.of());
            LineListener raw = run.raw(Side.SENDER);
            raw.onLine(Samples.out(7, "Connecting, to"));
            raw.onLine(Samples.err(1_999, "iperf3: error"));
            raw.onLine(Samples.out(2_000, ""));

            assertThat(Samples.text(folder, "raw_iperf/" + TX + ".iperf"))
                    .isEqualTo("2026-11-21T17:30:00.007+05:30,Connecting, to\n2026-11-21T17:30:02.000+05:30,\n");
            assertThat(Samples.text(folder, "raw_iperf/" + TX + ".err"))
                    .isEqualTo("2026-11-21T17:30:01.999+05:30,iperf3: error\n");
            assertThat(run.rawFiles()).containsExactly("raw_iperf/" + TX + ".iperf", "raw_iperf/" + TX + ".err");
            assertThat(run.faults()).isEmpty();
        }
    }

    @Test
    void theSeriesHasEachIntervalWithTheTimeOfItsStart() throws IOException, StoreException {
        try (ResultsFolder folder = Samples.folder(below, Samples.plan(null, "lab", TEST))) {
            RunFiles run = folder.begin(TEST, 1, List.of());
            run.measuringSince(Samples.NOON.plusMillis(250));
            run.row(Side.SENDER, Samples.interval(5, 0, 1_250_000));
            run.row(
                    Side.SENDER,
                    Samples.with(Samples.interval(null, 1, 12.5), new Row.Details(3L, 100L, 2L, 1L, 0.0625)));
            run.row(
                    Side.SENDER,
                    new Row(
                            Row.Kind.INTERVAL,
                            new Row.Series(5, null),
                            2,
                            3,
                            new Row.Amounts(new Measured(1e6, 5e3), new Measured(8e6, 5e3)),
                            Row.Details.NONE));
            run.row(Side.SENDER, Samples.total(5, true, 2));
            run.close();

            assertThat(Samples.text(folder, "parsed/" + TX + ".csv")).isEqualTo("""
                            time,start,end,stream,sender,bytes,bits_per_second,retransmits,datagrams,lost,out_of_order,jitter_ms,exact,note
                            2026-11-21T17:30:00.250+05:30,0,1,5,true,1250000,10000000,,,,,,true,
                            2026-11-21T17:30:01.250+05:30,1,2,sum,true,12.5,100,3,100,2,1,0.0625,true,
                            2026-11-21T17:30:02.250+05:30,2,3,5,,1000000,8000000,,,,,,false,
                            """);
        }
    }

    @Test
    void apetoolsFormHasTheSumOfSeveralStreams() throws IOException, StoreException {
        TestCase test = Samples.test(1, Heading.FROM_NODE, Protocol.TCP, Map.of("parallel", "2"));
        try (ResultsFolder folder = apetools(test)) {
            RunFiles run = folder.begin(test, 1, List.of());
            run.row(Side.SENDER, Samples.interval(5, 0, 1_250_000));
            run.row(Side.SENDER, Samples.interval(7, 0, 1_250_000));
            run.row(Side.SENDER, Samples.interval(null, 0, 2_500_001));
            run.close();

            assertThat(Samples.text(folder, "parsed/upstream_tx_tcp_tate_parallel_2_quick_r1_lab_20261121173000.csv"))
                    .isEqualTo("timestamp,Mbits\n2026-11-21T17:30:00.000+05:30,20.000008\n");
        }
    }

    @Test
    void streamsWithoutASumAreAddedUpAMissingOneIsAGapAndAnAbsurdRateIsMarked() throws IOException, StoreException {
        TestCase test = Samples.test(1, Heading.FROM_NODE, Protocol.TCP, Map.of("parallel", "2"));
        String name = "parsed/upstream_tx_tcp_tate_parallel_2_quick_r1_lab_20261121173000.csv";
        for (SeriesForm.Columns columns : SeriesForm.Columns.values()) {
            Path folderOfOne = below.resolve(columns.name());
            try (ResultsFolder folder = ResultsFolder.create(
                    folderOfOne,
                    Samples.plan(null, "lab", test),
                    Samples.COPY,
                    new SeriesForm(columns, 1e9),
                    InstantSource.fixed(Samples.NOON),
                    Samples.ZONE)) {
                RunFiles run = folder.begin(test, 1, List.of());
                run.row(Side.SENDER, Samples.interval(5, 0, 1_250_000));
                run.row(Side.SENDER, Samples.interval(5, 1, 1_250_000));
                run.row(Side.SENDER, Samples.interval(5, 2, 1_250_000_000));
                run.row(Side.SENDER, Samples.interval(7, 0, 1_250_000));
                run.row(Side.SENDER, Samples.interval(7, 2, 1_250_000));
                run.close();

                assertThat(Samples.text(folder, name).lines().skip(1).map(line -> line.substring(30)))
                        .containsExactlyElementsOf(
                                columns == SeriesForm.Columns.APETOOLS
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
                assertThat(Objects.requireNonNull(run.intervals())).isEqualTo(new RunResult.Intervals(20e6, 1));
            }
        }
    }

    @Test
    void apetoolsFormHasTheOnlyStream() throws IOException, StoreException {
        try (ResultsFolder folder = apetools(TEST)) {
            RunFiles run = folder.begin(TEST, 1, List.of());
            run.row(Side.SENDER, Samples.interval(5, 0, 1_250_000));
            run.row(Side.SENDER, Samples.interval(null, 0, 1_250_000));
            run.close();

            assertThat(Samples.text(folder, "parsed/" + TX + ".csv"))
                    .isEqualTo("timestamp,Mbits\n2026-11-21T17:30:00.000+05:30,10\n");
        }
    }

    @Test
    void twoTestsAtOnceKeepTheirLinesApartThoughTheirNamesAreTheSame()
            throws IOException, StoreException, InterruptedException {
        TestCase second = Samples.repeated(TEST, 2, 1);
        try (ResultsFolder folder = Samples.folder(below, Samples.plan(null, "lab", TEST, second))) {
            RunFiles one = folder.begin(TEST, 1, List.of());
            RunFiles two = folder.begin(second, 1, List.of());
            var start = new CountDownLatch(1);
            List<Thread> threads = List.of(
                    Thread.ofVirtual().start(() -> write(one.raw(Side.SENDER), "one", start)),
                    Thread.ofVirtual().start(() -> write(one.raw(Side.RECEIVER), "one", start)),
                    Thread.ofVirtual().start(() -> write(two.raw(Side.SENDER), "two", start)),
                    Thread.ofVirtual().start(() -> write(two.raw(Side.RECEIVER), "two", start)));
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(one.rawFiles()).hasSize(2).doesNotContainAnyElementsOf(two.rawFiles());
            for (String name : one.rawFiles()) {
                assertThat(Samples.text(folder, name).lines()).hasSize(300).allMatch(line -> line.endsWith(",one"));
                assertThat(Samples.text(folder, "files.csv"))
                        .containsPattern("(?m)^" + name + ",raw,1,1,1,quick,tate,tpc,from_node,(sender|receiver)$");
            }
            for (String name : two.rawFiles()) {
                assertThat(Samples.text(folder, name).lines()).hasSize(300).allMatch(line -> line.endsWith(",two"));
                assertThat(Samples.text(folder, "files.csv")).contains(name + ",raw,2,1,1,quick,tate,tpc,from_node,");
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskEndsOneFileAndIsToldByTheVerdict() throws IOException, StoreException {
        FileOpener fullForErrors = path ->
                path.toString().endsWith(".err") ? new FileOutputStream("/dev/full") : FileOpener.ON_DISK.open(path);
        var setting = new ResultsFolder.Setting(
                SeriesForm.DETAILED, InstantSource.fixed(Samples.NOON), Samples.ZONE, fullForErrors);
        try (ResultsFolder folder =
                ResultsFolder.create(below, Samples.plan(null, "lab", TEST), Samples.COPY, setting)) {
            RunFiles run = folder.begin(TEST, 1, List.of());
            run.raw(Side.SENDER).onLine(Samples.err(1, "lost"));
            run.raw(Side.SENDER).onLine(Samples.out(2, "kept"));
            RunResult kept = folder.end(run, Samples.result(TEST, Samples.nothing(), Samples.passed()));

            assertThat(kept.verdict().kind()).isEqualTo(Verdict.Kind.FAILED);
            assertThat(kept.verdict().reason())
                    .isEqualTo("raw_iperf/" + TX + ".err could not be written (No space left on device): what came"
                            + " after is not in it. Make room, then run the test again.");
            assertThat(Samples.text(folder, "raw_iperf/" + TX + ".iperf"))
                    .isEqualTo("2026-11-21T17:30:00.002+05:30,kept\n");
            assertThat(Results.read(folder.path()).runs()).containsExactly(StoredRun.of(kept));
            assertThat(folder.faults()).isEmpty();
        }
    }

    @Test
    void whatComesAfterTheEndIsPassedOver() throws IOException, StoreException {
        try (ResultsFolder folder = Samples.folder(below, Samples.plan(null, "lab", TEST))) {
            RunFiles run = folder.begin(TEST, 1, List.of());
            LineListener raw = run.raw(Side.SENDER);
            run.close();
            raw.onLine(Samples.out(1, "late"));
            raw.onLine(Samples.err(1, "late"));

            assertThat(Samples.text(folder, "raw_iperf/" + TX + ".iperf")).isEmpty();
        }
    }

    @Test
    void closingTheFolderEndsWhatNobodyEnded() throws IOException, StoreException {
        ResultsFolder folder = Samples.folder(below, Samples.plan(null, "lab", TEST));
        RunFiles run = folder.begin(TEST, 1, List.of());
        LineListener raw = run.raw(Side.SENDER);
        folder.close();
        raw.onLine(Samples.out(1, "late"));
        run.raw(Side.RECEIVER).onLine(Samples.out(1, "late"));

        for (String name : run.rawFiles()) {
            assertThat(Samples.text(folder, name)).isEmpty();
        }
    }

    private ResultsFolder apetools(TestCase test) throws StoreException {
        return ResultsFolder.create(
                below,
                Samples.plan(null, "lab", test),
                Samples.COPY,
                SeriesForm.APETOOLS,
                InstantSource.fixed(Samples.NOON),
                Samples.ZONE);
    }

    private static void write(LineListener raw, String text, CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < 300; i++) {
            raw.onLine(Samples.out(i, text));
        }
    }
}
