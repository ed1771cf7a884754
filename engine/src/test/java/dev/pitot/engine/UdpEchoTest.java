package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.ProbeSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.EchoReport;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.OneWayDelay;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Round trips beside the load between two Pitots, by UDP echo, in each protocol and direction.
class UdpEchoTest {
    private static final ProbeSettings FAST = ProbeSettings.DEFAULT.withPerSecond(1000);

    static Stream<Arguments> tests() {
        return Stream.of(SocketFamilies.best(), SocketFamilies.portable())
                .flatMap(family -> Stream.of(Protocol.TCP, Protocol.UDP)
                        .flatMap(protocol -> Stream.of(Direction.values())
                                .map(direction -> Arguments.of(family, protocol, direction))));
    }

    private record Story(Outcome client, Outcome server) {
        Latency clients() {
            return latency(client);
        }

        Latency servers() {
            return latency(server);
        }

        private static Latency latency(Outcome outcome) {
            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            Evidence evidence =
                    Objects.requireNonNull(outcome.report().summary()).evidence();
            return Objects.requireNonNull(evidence).latency();
        }
    }

    private static TestConfig.Builder test(Protocol protocol) {
        return TestConfig.builder()
                .protocol(protocol)
                .bitrate(new Bitrate(200_000_000)) // of which 1 % is more than 1000 requests per second
                .limit(new Limit.ForDuration(Duration.ofMillis(500)))
                .metadata(TestMetadata.NONE.withProbe(FAST));
    }

    private static Story play(SocketFamily family, TestConfig test) throws Exception {
        var watcher = new Watcher();
        try (Server server =
                Iperf.server().port(0).sockets(family).listener(watcher).start()) {
            Outcome client = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .test(test)
                    .sockets(family)
                    .run();
            return new Story(client, watcher.awaitOutcome());
        }
    }

    private static List<LatencyMethod> methods(List<RoundTripStatistics> statistics) {
        return statistics.stream().map(RoundTripStatistics::method).toList();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void theClientMeasuresEachPhase(SocketFamily family, Protocol protocol, Direction direction) throws Exception {
        Story story = play(family, test(protocol).direction(direction).build());

        Latency latency = story.clients();
        assertThat(methods(latency.idle())).contains(LatencyMethod.UDP_ECHO);
        assertThat(latency.directions())
                .hasSize(direction.streamSets())
                .allSatisfy(each -> assertThat(methods(each.loaded())).contains(LatencyMethod.UDP_ECHO));
        assertThat(latency.echo()).isInstanceOfSatisfying(EchoReport.Measured.class, echo -> {
            assertThat(echo.idle().sent()).isPositive();
            assertThat(echo.loaded().sent()).isPositive();
            assertThat(echo.after().sent()).isPositive();
            assertThat(echo.afterLoad()).isNotNull();
            assertThat(echo.oneWay()).isInstanceOf(OneWayDelay.Measured.class);
        });
    }

    @Test
    void eachEndHearsOfTheRoundTripsOfTheSendingOne() throws Exception {
        Story story = play(SocketFamilies.best(), test(Protocol.TCP).build());

        assertThat(story.servers().directions()).singleElement().satisfies(each -> {
            assertThat(each.role()).isEqualTo(StreamRole.RECEIVER);
            assertThat(methods(each.loaded())).contains(LatencyMethod.UDP_ECHO);
            assertThat(each.unavailable()).isNull();
        });
    }

    @Test
    void aClientOfAReverseTestHearsOfTheServersKernel() throws Exception {
        TestConfig test = test(Protocol.TCP)
                .direction(Direction.REVERSE)
                .limit(new Limit.ForDuration(Duration.ofSeconds(1)))
                .metadata(TestMetadata.NONE)
                .build();

        Story story = play(SocketFamilies.best(), test);

        assertThat(story.clients().directions()).singleElement().satisfies(each -> {
            assertThat(each.role()).isEqualTo(StreamRole.RECEIVER);
            assertThat(methods(each.loaded()))
                    .containsAnyOf(LatencyMethod.WRITE_ACKNOWLEDGED, LatencyMethod.KERNEL_SMOOTHED)
                    .doesNotContain(LatencyMethod.UDP_ECHO);
        });
        assertThat(story.clients().echo()).isNull();
    }

    @Test
    void requestsAfterASlowTestAreNotAsRareAsBesideIt() throws Exception {
        TestConfig test = test(Protocol.TCP)
                .bitrate(new Bitrate(80_000)) // of which 1 % is one request per second
                .blockBytes(1_000)
                .limit(new Limit.ForDuration(Duration.ofMillis(2_500)))
                .build();

        Story story = play(SocketFamilies.best(), test);

        assertThat(story.clients().echo()).isInstanceOfSatisfying(EchoReport.Measured.class, echo -> {
            assertThat(echo.loaded().sent()).isLessThan(20);
            assertThat(echo.after().sent()).isGreaterThan(5); // in half a second
        });
    }

    @Test
    void aTestThatEndsWithItsDataHasNoPhaseWithoutLoad() throws Exception {
        Story story = play(
                SocketFamilies.best(),
                test(Protocol.TCP).limit(new Limit.ForBytes(5_000_000)).build());

        assertThat(story.clients().echo()).isInstanceOfSatisfying(EchoReport.Measured.class, echo -> {
            assertThat(echo.idle().sent()).isZero();
            assertThat(echo.after().sent()).isZero();
            assertThat(echo.afterLoad()).isNull();
        });
    }

    @Test
    void thePhaseWithoutLoadCanBeLeftOut() throws Exception {
        TestConfig test = test(Protocol.TCP)
                .metadata(TestMetadata.NONE.withProbe(FAST.withIdle(false)))
                .build();

        Story story = play(SocketFamilies.best(), test);

        assertThat(methods(story.clients().idle())).doesNotContain(LatencyMethod.UDP_ECHO);
        assertThat(methods(loaded(story))).contains(LatencyMethod.UDP_ECHO);
    }

    private static List<RoundTripStatistics> loaded(Story story) {
        return story.clients().directions().stream()
                .map(DirectionLatency::loaded)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void aLibraryMeasuresNothingBesideTheLoadUnlessAsked() throws Exception {
        Story story = play(
                SocketFamilies.best(),
                TestConfig.builder()
                        .limit(new Limit.ForDuration(Duration.ofMillis(100)))
                        .build());

        assertThat(story.clients().echo()).isNull();
    }

    /// The phase before the load lasts 2 s, in which this comes.
    @Test
    void aTestCanBeCancelledBeforeItsLoad() throws Exception {
        var watcher = new Watcher();
        TestConfig test = test(Protocol.TCP)
                .limit(new Limit.ForDuration(Duration.ofSeconds(100)))
                .build();
        try (Server server = Iperf.server().port(0).start();
                ClientRun run = Iperf.client("127.0.0.1")
                        .port(server.port())
                        .test(test)
                        .listener(watcher)
                        .start()) {
            while (watcher.events().stream().noneMatch(TestEvent.ParametersAgreed.class::isInstance)) {
                LockSupport.parkNanos(1_000_000);
            }

            run.cancel(null);

            assertThat(run.await().ending()).isInstanceOf(Ending.Cancelled.class);
            assertThat(watcher.events()).noneMatch(TestEvent.StreamsConnected.class::isInstance);
        }
    }
}
