package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Pitot against itself, over every socket family and in every direction: both ends must report the same.
@Tag("slow")
class TwoEndsTest {
    private static final Duration SHORT = Duration.ofMillis(350);

    static Stream<SocketFamily> families() {
        return Stream.of(SocketFamilies.best(), SocketFamilies.portable());
    }

    static Stream<Arguments> familiesAndDirections() {
        return families()
                .flatMap(family -> Stream.of(Direction.values()).map(direction -> Arguments.of(family, direction)));
    }

    private record Story(Outcome client, Outcome server, Watcher clientWatcher) {
        Summary clientSummary() {
            return summary(client);
        }

        Summary serverSummary() {
            return summary(server);
        }

        private static Summary summary(Outcome outcome) {
            return Objects.requireNonNull(outcome.report().summary());
        }
    }

    private static Story play(SocketFamily family, TestConfig test) throws Exception {
        var serverWatcher = new Watcher();
        var clientWatcher = new Watcher();
        try (Server server =
                Iperf.server().port(0).sockets(family).listener(serverWatcher).start()) {
            Outcome client = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .test(test)
                    .interval(Duration.ofMillis(100))
                    .sockets(family)
                    .listener(clientWatcher)
                    .run();
            return new Story(client, serverWatcher.awaitOutcome(), clientWatcher);
        }
    }

    private static Total present(@Nullable Total total) {
        return Objects.requireNonNull(total);
    }

    @ParameterizedTest
    @MethodSource("familiesAndDirections")
    void bothEndsTellTheSameStory(SocketFamily family, Direction direction) throws Exception {
        TestConfig test = TestConfig.builder()
                .direction(direction)
                .limit(new Limit.ForDuration(SHORT))
                .parallel(2)
                .build();

        Story story = play(family, test);

        assertThat(story.client().ending()).isEqualTo(new Ending.Completed());
        assertThat(story.server().ending()).isEqualTo(new Ending.Completed());
        assertThat(story.clientSummary().streams()).hasSize(2 * direction.streamSets());
        for (int i = 0; i < story.clientSummary().streams().size(); i++) {
            Summary.OfStream client = story.clientSummary().streams().get(i);
            Summary.OfStream server = story.serverSummary().streams().get(i);
            assertThat(client.stream().id()).isEqualTo(server.stream().id());
            assertThat(client.stream().local()).isEqualTo(server.stream().remote());
            assertThat(present(client.sent()).bytes())
                    .isEqualTo(present(server.sent()).bytes());
            assertThat(present(client.received()).bytes())
                    .isEqualTo(present(server.received()).bytes());
            assertThat(present(client.received()).bytes())
                    .isLessThanOrEqualTo(present(client.sent()).bytes());
        }
        assertThat(story.clientSummary().directions()) // one may have sent nothing in that short time
                .anyMatch(whole -> present(whole.received()).bytes() > 0);
    }

    /// Values of the kernel are of both ends, senders and receivers, and where there are none `-V` says so once.
    @ParameterizedTest
    @MethodSource("families")
    void eachStreamHasTheKernelsValues(SocketFamily family) throws Exception {
        TestConfig test = TestConfig.builder()
                .direction(Direction.BIDIRECTIONAL)
                .limit(new Limit.ForDuration(SHORT))
                .build();

        List<TestEvent> events = play(family, test).clientWatcher().events();

        boolean isLinux = family.name().equals("linux");
        List<Interval.OfStream> parts = events.stream()
                .filter(TestEvent.IntervalDone.class::isInstance)
                .flatMap(event -> ((TestEvent.IntervalDone) event).interval().streams().stream())
                .toList();
        assertThat(parts).extracting(part -> part.stream().role()).contains(StreamRole.SENDER, StreamRole.RECEIVER);
        assertThat(parts).allMatch(part -> (part.kernel() != null) == isLinux);
        assertThat(events.stream()
                        .filter(event -> event instanceof TestEvent.Note(TestEvent.Level level, String text)
                                && level == TestEvent.Level.VERBOSE
                                && text.startsWith("TCP_INFO is not available")))
                .hasSize(isLinux ? 0 : 1);
    }

    @ParameterizedTest
    @MethodSource("familiesAndDirections")
    void intervalsAddUpToTheTotal(SocketFamily family, Direction direction) throws Exception {
        TestConfig test = TestConfig.builder()
                .direction(direction)
                .limit(new Limit.ForDuration(SHORT))
                .build();

        Story story = play(family, test);

        List<Interval> intervals = story.clientWatcher().events().stream()
                .filter(TestEvent.IntervalDone.class::isInstance)
                .map(event -> ((TestEvent.IntervalDone) event).interval())
                .toList();
        assertThat(intervals).hasSizeGreaterThanOrEqualTo(1); // a busy host skips some
        for (Summary.OfStream stream : story.clientSummary().streams()) {
            long sum = intervals.stream()
                    .flatMap(interval -> interval.streams().stream())
                    .filter(part -> part.stream().equals(stream.stream()))
                    .mapToLong(Interval.OfStream::bytes)
                    .sum();
            Total own = present(stream.stream().role().isSender() ? stream.sent() : stream.received());
            assertThat(sum).isEqualTo(own.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource("familiesAndDirections")
    void endsAfterExactlySoManyBytesInEachDirection(SocketFamily family, Direction direction) throws Exception {
        long count = 10_000_019;
        TestConfig test = TestConfig.builder()
                .direction(direction)
                .limit(new Limit.ForBytes(count))
                .parallel(3)
                .build();

        Story story = play(family, test);

        assertThat(story.client().ending()).isEqualTo(new Ending.Completed());
        for (Summary.OfDirection whole : story.clientSummary().directions()) {
            assertThat(present(whole.sent()).bytes()).isEqualTo(count);
            assertThat(present(whole.received()).bytes()).isEqualTo(count);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void endsAfterExactlySoManyBlocks(SocketFamily family) throws Exception {
        TestConfig test = TestConfig.builder()
                .limit(new Limit.ForBlocks(100))
                .blockBytes(1_000)
                .build();

        Story story = play(family, test);

        assertThat(present(story.clientSummary().directions().getFirst().received())
                        .bytes())
                .isEqualTo(100_000);
    }

    @ParameterizedTest
    @MethodSource("families")
    void noStreamIsFasterThanItsPace(SocketFamily family) throws Exception {
        TestConfig test = TestConfig.builder()
                .limit(new Limit.ForDuration(Duration.ofSeconds(1)))
                .parallel(2)
                .blockBytes(10_000)
                .bitrate(new Bitrate(80_000_000))
                .build();

        Story story = play(family, test);

        // 10 MB each; one block more may be sent early, and less on a busy host: PacerTest and
        // bench/RateAccuracy.java show how exact the rate is.
        for (Summary.OfStream stream : story.clientSummary().streams()) {
            Total sent = present(stream.sent());
            double due = sent.seconds() * 10_000_000;
            assertThat((double) sent.bytes()).isPositive().isLessThanOrEqualTo(due + 10_000);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void sendsTheSamePayloadWithoutCopying(SocketFamily family) throws Exception {
        TestConfig test = TestConfig.builder()
                .limit(new Limit.ForBytes(5_000_000))
                .zeroCopy(true)
                .build();

        Story story = play(family, test);

        assertThat(present(story.clientSummary().directions().getFirst().received())
                        .bytes())
                .isEqualTo(5_000_000);
    }

    @ParameterizedTest
    @MethodSource("families")
    void leavesTheWarmUpOutOfTheTotals(SocketFamily family) throws Exception {
        TestConfig test = TestConfig.builder()
                .limit(new Limit.ForDuration(Duration.ofSeconds(1)))
                .omit(Duration.ofSeconds(1))
                .bitrate(new Bitrate(40_000_000))
                .blockBytes(10_000)
                .build();

        Story story = play(family, test);

        Total sent = present(story.clientSummary().directions().getFirst().sent());
        List<Interval> intervals = story.clientWatcher().events().stream()
                .filter(TestEvent.IntervalDone.class::isInstance)
                .map(event -> ((TestEvent.IntervalDone) event).interval())
                .toList();
        assertThat(intervals).filteredOn(Interval::omitted).isNotEmpty();
        assertThat(sent.seconds()).isGreaterThanOrEqualTo(1.0);
        assertThat(sent.bytes())
                .isPositive()
                .isEqualTo(intervals.stream()
                        .filter(interval -> !interval.omitted())
                        .flatMap(interval -> interval.streams().stream())
                        .mapToLong(Interval.OfStream::bytes)
                        .sum());
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void theKernelsCountsAgreeWithEveryFigure(Direction direction) throws Exception {
        var ledger = new Ledger(SocketFamilies.best());
        TestConfig test = TestConfig.builder()
                .direction(direction)
                .limit(new Limit.ForDuration(SHORT))
                .build();

        Story story = play(ledger, test);

        int cookie = 37;
        int syn = 1;
        for (Summary.OfStream stream : story.clientSummary().streams()) {
            StreamInfo client = stream.stream();
            Ledger.Entry own =
                    ledger.from(client.local().port(), client.remote().port());
            Ledger.Entry other =
                    ledger.from(client.remote().port(), client.local().port());
            long sent = present(stream.sent()).bytes();
            long received = present(stream.received()).bytes();
            if (client.role() == StreamRole.SENDER) {
                Ledger.Books sender = own.atShutdown();
                assertThat(sender.acked() - syn + sender.unacknowledged()).isEqualTo(cookie + sent);
                assertThat(other.delivered()).isEqualTo(cookie + received);
                Ledger.Books receiver = other.atClose();
                long fin = receiver.received() - receiver.unread() - other.delivered();
                assertThat(fin).isBetween(0L, 1L); // the client may have closed already
                long inFlight = cookie + sent - (receiver.received() - fin);
                assertThat(sent - received).isEqualTo(receiver.unread() + inFlight);
                assertThat(inFlight).isBetween(0L, sender.unacknowledged());
            } else {
                // The server has closed: its FIN counts as a byte on both ends.
                Ledger.Books sender = other.atClose();
                int fin = 1;
                assertThat(sender.acked() + sender.unacknowledged()).isEqualTo(sent + fin);
                Ledger.Books receiver = own.atClose();
                assertThat(own.delivered()).isBetween(received, sent);
                assertThat(receiver.received() - receiver.unread()).isBetween(own.delivered(), own.delivered() + fin);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void reportsOnlyOnceWhereNoIntervalIsWanted(SocketFamily family) throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).sockets(family).start()) {
            var _ = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .duration(SHORT)
                    .interval(new ReportInterval(Duration.ZERO).length())
                    .sockets(family)
                    .listener(watcher)
                    .run();
        }

        assertThat(watcher.events())
                .filteredOn(TestEvent.IntervalDone.class::isInstance)
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("families")
    void manyTestsRunSideBySideInOneProcess(SocketFamily family) throws Exception {
        try (Server server = Iperf.server().port(0).sockets(family).start()) {
            List<ClientRun> runs = Stream.generate(() -> Iperf.client("127.0.0.1")
                            .port(server.port())
                            .limit(new Limit.ForBytes(3_000_000))
                            .sockets(family)
                            .start())
                    .limit(8)
                    .toList();

            for (ClientRun run : runs) {
                Outcome outcome = run.await();
                assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
                Summary summary = Objects.requireNonNull(outcome.report().summary());
                assertThat(present(summary.directions().getFirst().received()).bytes())
                        .isEqualTo(3_000_000);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void blocksOfTheLargestSizeAndManyStreamsFit(SocketFamily family) throws Exception {
        TestConfig test = TestConfig.builder()
                .parallel(32)
                .blockBytes(1024 * 1024)
                .limit(new Limit.ForBlocks(64))
                .build();

        Story story = play(family, test);

        assertThat(present(story.clientSummary().directions().getFirst().received())
                        .bytes())
                .isEqualTo(64L * 1024 * 1024);
    }
}
