package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.testkit.SocketStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Pitot against itself with datagrams, over every socket family and in every direction: every value of
/// one end must equal its counterpart at the other. At a modest rate nothing is lost on loopback, except
/// what the kernel drops and counts because a busy machine does not run the receiver.
@Tag("slow")
class DatagramEndsTest {
    private static final Duration SHORT = Duration.ofMillis(350);
    private static final Bitrate MODEST = new Bitrate(20_000_000);

    static Stream<SocketFamily> families() {
        return Stream.of(SocketFamilies.best(), SocketFamilies.portable());
    }

    static Stream<Arguments> familiesAndDirections() {
        return families()
                .flatMap(family -> Stream.of(Direction.values()).map(direction -> Arguments.of(family, direction)));
    }

    private record Story(
            Outcome client, Outcome server, Watcher clientWatcher, Watcher serverWatcher, long kernelDrops) {
        Summary clientSummary() {
            return Objects.requireNonNull(client.report().summary());
        }

        Summary serverSummary() {
            return Objects.requireNonNull(server.report().summary());
        }
    }

    private static TestConfig.Builder test() {
        return TestConfig.builder()
                .protocol(Protocol.UDP)
                .blockBytes(1_000)
                .bitrate(MODEST)
                .limit(new Limit.ForDuration(SHORT));
    }

    private static Story play(SocketFamily family, TestConfig test) throws Exception {
        var serverWatcher = new Watcher();
        var clientWatcher = new Watcher();
        long dropsBefore = SocketStatistics.receiveBufferErrors();
        try (Server server =
                Iperf.server().port(0).sockets(family).listener(serverWatcher).start()) {
            Outcome client = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .test(test)
                    .interval(Duration.ofMillis(100))
                    .sockets(family)
                    .listener(clientWatcher)
                    .run();
            Outcome atServer = serverWatcher.awaitOutcome();
            long kernelDrops = SocketStatistics.receiveBufferErrors() - dropsBefore;
            return new Story(client, atServer, clientWatcher, serverWatcher, kernelDrops);
        }
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static long packets(@Nullable Total total) {
        return present(present(total).datagrams()).packets();
    }

    private static Datagrams.Reception reception(@Nullable Total total) {
        return present(present(present(total).datagrams()).reception());
    }

    private static void assertCompleted(Story story) {
        assertThat(story.client().ending()).isEqualTo(new Ending.Completed());
        assertThat(story.server().ending()).isEqualTo(new Ending.Completed());
    }

    /// Asserts that everything sent has arrived or was dropped by the kernel, by the counters of both ends.
    private static void assertNothingLost(Story story, int datagramBytes) {
        assertCompleted(story);
        long lost = 0;
        for (int i = 0; i < story.clientSummary().streams().size(); i++) {
            Summary.OfStream client = story.clientSummary().streams().get(i);
            Summary.OfStream server = story.serverSummary().streams().get(i);
            assertThat(packets(client.sent())).isEqualTo(packets(server.sent()));
            assertThat(packets(client.received()))
                    .isEqualTo(packets(client.sent()))
                    .isEqualTo(packets(server.received()));
            assertThat(present(client.sent()).bytes()).isEqualTo(packets(client.sent()) * datagramBytes);
            long streamLost = present(reception(client.received()).lost());
            assertThat(present(client.received()).bytes())
                    .isEqualTo(present(client.sent()).bytes() - streamLost * datagramBytes);
            assertThat(reception(server.received()).lost()).isEqualTo(streamLost);
            assertThat(reception(client.received()).duplicates()).isZero();
            lost += streamLost;
        }
        assertThat(story.clientSummary().directions()) // one may have sent nothing in that short time
                .anyMatch(whole -> packets(whole.sent()) > 0);
        assertThat(lost).isLessThanOrEqualTo(story.kernelDrops());
    }

    /// Asserts the number of datagrams of each direction. A server goes on if its client does not end the
    /// test within a second: iperf3 clients may still miss what was lost.
    private static void assertSent(Story story, long count) {
        for (Summary.OfDirection whole : story.clientSummary().directions()) {
            if (whole.role().isSender()) {
                assertThat(packets(whole.sent())).isEqualTo(count);
            } else {
                assertThat(packets(whole.sent())).isGreaterThanOrEqualTo(count);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("familiesAndDirections")
    void bothEndsTellTheSameStory(SocketFamily family, Direction direction) throws Exception {
        Story story = play(family, test().direction(direction).parallel(2).build());

        assertThat(story.clientSummary().streams()).hasSize(2 * direction.streamSets());
        assertNothingLost(story, 1_000);
    }

    @ParameterizedTest
    @MethodSource("familiesAndDirections")
    void intervalsAddUpToTheTotal(SocketFamily family, Direction direction) throws Exception {
        Story story = play(family, test().direction(direction).build());

        List<Interval> intervals = story.clientWatcher().events().stream()
                .filter(TestEvent.IntervalDone.class::isInstance)
                .map(event -> ((TestEvent.IntervalDone) event).interval())
                .toList();
        for (Summary.OfStream stream : story.clientSummary().streams()) {
            Total own = present(stream.stream().role().isSender() ? stream.sent() : stream.received());
            List<Interval.OfStream> parts = intervals.stream()
                    .flatMap(interval -> interval.streams().stream())
                    .filter(part -> part.stream().equals(stream.stream()))
                    .toList();
            assertThat(parts.stream().mapToLong(Interval.OfStream::bytes).sum()).isEqualTo(own.bytes());
            assertThat(parts.stream()
                            .mapToLong(part -> present(part.datagrams()).packets())
                            .sum())
                    .isEqualTo(packets(own));
        }
    }

    @ParameterizedTest
    @MethodSource("familiesAndDirections")
    void endsAfterExactlySoManyDatagramsInEachDirection(SocketFamily family, Direction direction) throws Exception {
        Story story = play(
                family,
                test().direction(direction)
                        .parallel(3)
                        .limit(new Limit.ForBlocks(1_001))
                        .build());

        assertNothingLost(story, 1_000);
        assertSent(story, 1_001);
    }

    @ParameterizedTest
    @MethodSource("familiesAndDirections")
    void bytesAreRoundedUpToWholeDatagrams(SocketFamily family, Direction direction) throws Exception {
        Story story = play(
                family,
                test().direction(direction).limit(new Limit.ForBytes(99_001)).build());

        assertNothingLost(story, 1_000);
        assertSent(story, 100);
    }

    @ParameterizedTest
    @MethodSource("familiesAndDirections")
    void theWarmUpIsLeftOutAtBothEnds(SocketFamily family, Direction direction) throws Exception {
        Story story = play(
                family, test().direction(direction).omit(Duration.ofSeconds(1)).build());

        assertCompleted(story);
        for (Summary.OfStream stream : story.clientSummary().streams()) {
            // Each end omits what it counted before its own clock ended the warm-up.
            Total own = present(stream.stream().role().isSender() ? stream.sent() : stream.received());
            assertThat(packets(own))
                    .isEqualTo(countedPackets(
                            story.clientWatcher(), stream.stream().id()));
            Total others = present(stream.stream().role().isSender() ? stream.received() : stream.sent());
            assertThat(packets(others))
                    .isEqualTo(countedPackets(
                            story.serverWatcher(), stream.stream().id()));
            assertThat(reception(stream.received()).lost()).isLessThanOrEqualTo(story.kernelDrops());
        }
    }

    /// Datagrams of a stream in one end's intervals behind the warm-up.
    private static long countedPackets(Watcher end, int streamId) {
        return end.events().stream()
                .filter(TestEvent.IntervalDone.class::isInstance)
                .map(event -> ((TestEvent.IntervalDone) event).interval())
                .filter(interval -> !interval.omitted())
                .flatMap(interval -> interval.streams().stream())
                .filter(part -> part.stream().id() == streamId)
                .mapToLong(part -> present(part.datagrams()).packets())
                .sum();
    }

    @ParameterizedTest
    @MethodSource("familiesAndDirections")
    void widerNumbersChangeNothing(SocketFamily family, Direction direction) throws Exception {
        Story story = play(
                family,
                test().direction(direction)
                        .blockBytes(16)
                        .bitrate(new Bitrate(500_000))
                        .datagrams(new DatagramSettings(true, false, Offload.OFF))
                        .build());

        assertNothingLost(story, 16);
    }

    @ParameterizedTest
    @MethodSource("familiesAndDirections")
    void aPayloadOfDigitsChangesNothing(SocketFamily family, Direction direction) throws Exception {
        Story story = play(
                family,
                test().direction(direction)
                        .payload(new PayloadSettings(true, false, false))
                        .build());

        assertNothingLost(story, 1_000);
    }

    @ParameterizedTest
    @MethodSource("families")
    void theLengthFollowsThePath(SocketFamily family) throws Exception {
        TestConfig test = TestConfig.builder()
                .protocol(Protocol.UDP)
                .limit(new Limit.ForBlocks(5))
                .build();

        Story story = play(family, test);

        assertCompleted(story);
        int length = present(story.client().report().start()).config().streams().blockBytes();
        int mss = present(story.client().report().start()).controlMss();
        assertThat(length).isEqualTo(mss == 0 ? 1_460 : mss);
        assertThat(present(story.serverSummary().streams().getFirst().received())
                        .bytes())
                .isEqualTo(5L * length);
        assertThat(present(story.server().report().start())
                        .config()
                        .streams()
                        .pacing()
                        .target())
                .isEqualTo(new Bitrate(1_048_576));
    }

    static Stream<Direction> directions() {
        return Stream.of(Direction.values());
    }

    @ParameterizedTest
    @MethodSource("directions")
    void offloadMovesTheSameDatagrams(Direction direction) throws Exception {
        Story story = play(
                SocketFamilies.linux(),
                test().direction(direction)
                        .bitrate(new Bitrate(200_000_000))
                        .datagrams(DatagramSettings.DEFAULT.withOffload(Offload.ON))
                        .limit(new Limit.ForBlocks(7_001))
                        .build());

        assertNothingLost(story, 1_000);
        assertSent(story, 7_001);
    }

    @ParameterizedTest
    @MethodSource("directions")
    void payloadsThatAreLeftInTheKernelCountInFull(Direction direction) throws Exception {
        Story story = play(
                SocketFamilies.linux(),
                test().direction(direction)
                        .payload(new PayloadSettings(false, false, true))
                        .build());

        assertNothingLost(story, 1_000);
    }

    @ParameterizedTest
    @MethodSource("families")
    void manyTestsOfOneClientOpenTheirStreamsOneAfterTheOther(SocketFamily family) throws Exception {
        long dropsBefore = SocketStatistics.receiveBufferErrors();
        try (Server server = Iperf.server().port(0).sockets(family).start()) {
            var runs = new ArrayList<ClientRun>();
            for (int i = 0; i < 6; i++) {
                TestConfig test =
                        test().parallel(2).limit(new Limit.ForBlocks(100 + i)).build();
                runs.add(Iperf.client("127.0.0.1")
                        .port(server.port())
                        .test(test)
                        .sockets(family)
                        .start());
            }
            for (int i = 0; i < runs.size(); i++) {
                Outcome outcome = runs.get(i).await();
                assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
                Summary.OfDirection whole =
                        present(outcome.report().summary()).directions().getFirst();
                assertThat(packets(whole.received())).isEqualTo(100 + i);
                assertThat(reception(whole.received()).lost())
                        .isLessThanOrEqualTo(SocketStatistics.receiveBufferErrors() - dropsBefore);
            }
        }
    }

    @Test
    void aCancelledTestTellsWhatItHasMeasured() throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).start();
                ClientRun run = Iperf.client("127.0.0.1")
                        .port(server.port())
                        .test(test().direction(Direction.BIDIRECTIONAL)
                                .limit(new Limit.Endless())
                                .build())
                        .interval(Duration.ofMillis(100))
                        .listener(watcher)
                        .start()) {
            watcher.awaitInterval();
            run.cancel("enough");

            Outcome outcome = run.await();

            assertThat(outcome.ending()).isEqualTo(new Ending.Cancelled("enough"));
            for (Summary.OfStream stream : present(outcome.report().summary()).streams()) {
                boolean isSender = stream.stream().role().isSender();
                assertThat(packets(isSender ? stream.sent() : stream.received()))
                        .isPositive();
            }
        }
    }
}
