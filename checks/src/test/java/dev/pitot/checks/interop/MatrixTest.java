package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.checks.interop.MatrixCase.DataDirection;
import dev.pitot.checks.interop.MatrixCase.DataProtocol;
import dev.pitot.checks.interop.ServerPool.Kind;
import dev.pitot.checks.program.Document;
import dev.pitot.checks.program.TestUser;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every program against every other one, with every combination of options that both support.
@Needs(Tool.IPERF3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class MatrixTest {
    private static final Pattern SUMMARY =
            Pattern.compile("^\\[( *\\d+|SUM)](\\[[TR]X-C])? +0\\.00-.* (sender|receiver) *$");

    private final TestUser user;
    private final ServerPool pool;

    MatrixTest(@TempDir Path folder) throws IOException {
        user = TestUser.in(folder);
        pool = new ServerPool(user);
    }

    static Stream<MatrixCase> oneOfEachProtocolAndRole() {
        return MatrixCase.all().filter(MatrixCase::isBasic);
    }

    static Stream<MatrixCase> allOthers() {
        return MatrixCase.all().filter(cell -> !cell.isBasic());
    }

    @AfterAll
    void noServerHadAnyReasonToComplain() {
        try (pool) {
            for (ServerProcess server : pool.all()) {
                assertThat(server.process().isRunning())
                        .as(server.process().toString())
                        .isTrue();
                assertThat(server.process().stderr()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("oneOfEachProtocolAndRole")
    @Execution(ExecutionMode.CONCURRENT)
    void theBasicTestsComeToTheirEnd(MatrixCase cell) throws Exception {
        check(cell);
    }

    @ParameterizedTest
    @MethodSource("allOthers")
    @Execution(ExecutionMode.CONCURRENT)
    @Tag("slow")
    void theTestComesToItsEndAndItsFiguresBelongTogether(MatrixCase cell) throws Exception {
        check(cell);
    }

    private void check(MatrixCase cell) throws Exception {
        Exit exit = run(cell);
        for (int left = 2; left > 0 && hasIdleDirection(cell, exit); left--) {
            exit = run(cell);
        }

        assertThat(exit.code()).as(exit.toString()).isZero();
        assertThat(exit.stderr()).isEmpty();
        if (cell.isJson()) {
            Document document =
                    cell.ends().client().isPitot() ? Document.strict(exit.stdout()) : Document.lenient(exit.stdout());
            checkDocument(cell, document);
        } else {
            checkText(cell, exit.stdout());
        }
    }

    /// True if one of two directions had not begun when an iperf3 client had sent all of its own and ended the test:
    /// on a busy machine a server's threads may not run for these 0.2 s.
    private static boolean hasIdleDirection(MatrixCase cell, Exit exit) throws IOException {
        return cell.direction() == DataDirection.BIDIR
                && exit.code() == 0
                && (cell.isJson()
                        ? Document.lenient(exit.stdout()).number("end.sum_received_bidir_reverse.bytes") == 0
                                || Document.lenient(exit.stdout()).number("end.sum_received.bytes") == 0
                        : hasEmptyTotal(cell, exit.stdout()));
    }

    private static boolean hasEmptyTotal(MatrixCase cell, String text) {
        return text.lines()
                .filter(SUMMARY.asPredicate())
                .anyMatch(line -> isWhole(cell, line) && line.contains(" 0.00 Bytes"));
    }

    private Exit run(MatrixCase cell) throws Exception {
        var kind = new Kind(cell.ends().server(), cell.isAuthorized());
        ServerProcess server = pool.borrow(kind);
        try (ChildProcess client = cell.ends().client().client(server.port(), cell.clientOptions(user))) {
            Exit exit = client.awaitExit();
            pool.giveBack(kind, server); // a server whose client hangs is not reused
            return exit;
        }
    }

    private static void checkText(MatrixCase cell, String text) {
        List<String> summary = text.lines().filter(SUMMARY.asPredicate()).toList();
        int lines = cell.connections() + (cell.streams() > 1 ? cell.direction().count() : 0);

        assertThat(text).contains("iperf Done.");
        assertThat(text.lines().filter(line -> line.contains(" connected to "))).hasSize(cell.connections());
        assertThat(summary).as(text).hasSize(2 * lines);
        assertThat(summary.stream().filter(line -> line.contains("sender"))).hasSize(lines);
        assertThat(hasEmptyTotal(cell, text)).as(text).isFalse();
    }

    /// True if a line is about a whole direction. Streams share the data to send, so on a busy machine
    /// one may have nothing left to send.
    private static boolean isWhole(MatrixCase cell, String line) {
        return cell.streams() == 1 || line.startsWith("[SUM]");
    }

    private static void checkDocument(MatrixCase cell, Document document) {
        assertThat(document.has("error")).isFalse();
        assertThat(document.all("start.connected[].socket")).hasSize(cell.connections());
        assertThat(document.number("start.test_start.num_streams")).isEqualTo(cell.streams());
        List<String> sums = cell.direction() == DataDirection.BIDIR ? List.of("", "_bidir_reverse") : List.of("");
        for (String sum : sums) {
            assertThat(document.number("end.sum_sent" + sum + ".bytes"))
                    .isGreaterThanOrEqualTo(document.number("end.sum_received" + sum + ".bytes"));
            assertThat(document.number("end.sum_received" + sum + ".bytes")).isPositive();
        }
        if (cell.protocol() == DataProtocol.UDP) {
            checkDatagrams(cell, document, sums);
        } else {
            checkStreams(cell, document, sums);
        }
    }

    private static void checkStreams(MatrixCase cell, Document document, List<String> sums) {
        assertThat(document.numbers("end.streams[].sender.bytes")).hasSize(cell.connections());
        assertThat(document.sum("end.streams[].sender.bytes"))
                .isEqualTo(total(document, sums, "end.sum_sent", ".bytes"));
        assertThat(document.sum("end.streams[].receiver.bytes"))
                .isEqualTo(total(document, sums, "end.sum_received", ".bytes"));
    }

    private static void checkDatagrams(MatrixCase cell, Document document, List<String> sums) {
        assertThat(document.numbers("end.streams[].udp.packets")).hasSize(cell.connections());
        assertThat(document.sum("end.streams[].udp.packets")).isEqualTo(total(document, sums, "end.sum", ".packets"));
        assertThat(document.sum("end.streams[].udp.lost_packets"))
                .isEqualTo(total(document, sums, "end.sum", ".lost_packets"));
        for (String sum : sums) {
            long packets = document.number("end.sum" + sum + ".packets");
            long lost = document.number("end.sum" + sum + ".lost_packets");
            assertThat(lost).isBetween(0L, packets);
            assertThat(document.decimal("end.sum" + sum + ".lost_percent"))
                    .isCloseTo(100.0 * lost / packets, within(0.01));
            assertThat(document.number("end.sum_sent" + sum + ".bytes")).isEqualTo(packets * MatrixCase.DATAGRAM_BYTES);
        }
    }

    private static long total(Document document, List<String> sums, String prefix, String key) {
        return sums.stream()
                .mapToLong(sum -> document.number(prefix + sum + key))
                .sum();
    }
}
