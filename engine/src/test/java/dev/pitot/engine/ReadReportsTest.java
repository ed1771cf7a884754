package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.testkit.DatagramAction;
import dev.pitot.testkit.DatagramRule;
import dev.pitot.testkit.LinkPlan;
import dev.pitot.testkit.LossyLink;
import dev.pitot.testkit.SocketStatistics;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// UDP without a rate limit between two Pitots: the sender never fills the receiver's buffer until it drops, with
/// any length, direction, number of streams, kind of socket and offload.
@Tag("slow")
class ReadReportsTest {
    private static final int TRAIN = 128; // datagrams of one call at most
    private static final int[] LENGTHS = {16, 20, 64, 700, 1_460, 8_000, 32_768};

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static Outcome run(int port, TestConfig test, SocketFamily family) throws Exception {
        return Iperf.client("127.0.0.1").port(port).test(test).sockets(family).run();
    }

    private static Datagrams datagrams(@Nullable Total total) {
        return present(present(total).datagrams());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nothingIsDroppedInAnyMix(long seed) throws Exception {
        var random = new Random(seed);
        List<SocketFamily> families = List.of(SocketFamilies.best(), SocketFamilies.portable());
        SocketFamily serverFamily = families.get(random.nextInt(4) / 3);
        SocketFamily clientFamily = families.get(random.nextInt(4) / 3);
        Offload offload = random.nextInt(3) == 0 ? Offload.OFF : Offload.AUTOMATIC;
        Direction direction = List.of(Direction.values()).get(random.nextInt(3));
        int length = LENGTHS[random.nextInt(LENGTHS.length)];
        int streams = 1 + random.nextInt(3);
        TestConfig test = TestConfig.builder()
                .protocol(Protocol.UDP)
                .direction(direction)
                .parallel(streams)
                .blockBytes(length)
                .bitrate(Bitrate.UNLIMITED)
                .datagrams(new DatagramSettings(random.nextBoolean(), false, offload))
                .limit(new Limit.ForDuration(Duration.ofMillis(300)))
                .build();
        try (Server server = Iperf.server().port(0).sockets(serverFamily).start()) {
            long dropsBefore = SocketStatistics.receiveBufferErrors();
            Outcome outcome = run(server.port(), test, clientFamily);
            long drops = SocketStatistics.receiveBufferErrors()
                    - dropsBefore; // a receiver may stand still; a train counts as one

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            Summary summary = present(outcome.report().summary());
            assertThat(summary.streams())
                    .anySatisfy(stream ->
                            assertThat(datagrams(stream.sent()).packets()).isPositive());
            assertThat(summary.streams())
                    .hasSize(streams * direction.streamSets())
                    .allSatisfy(stream -> {
                        Datagrams received = datagrams(stream.received());
                        assertThat(received.packets())
                                .isEqualTo(datagrams(stream.sent()).packets());
                        long lost = present(present(received.reception()).lost());
                        assertThat(lost).isLessThanOrEqualTo(drops * TRAIN);
                        assertThat(present(stream.received()).bytes())
                                .isEqualTo(present(stream.sent()).bytes() - lost * length);
                    });
        }
    }

    /// The link numbers reports like data of their direction, and loses them all.
    @Test
    void withoutAnyReportTheTestGoesOn() throws Exception {
        DatagramRule dropAll = _ -> new DatagramAction.Drop();
        TestConfig test = TestConfig.builder()
                .protocol(Protocol.UDP)
                .blockBytes(1_000)
                .bitrate(Bitrate.UNLIMITED)
                .limit(new Limit.ForBlocks(3_000))
                .build();
        try (Server server = Iperf.server().port(0).start();
                LossyLink link = LossyLink.to(server.port(), new LinkPlan(DatagramRule.passAll(), dropAll, 0, 0))) {
            Outcome outcome = run(link.port(), test, SocketFamilies.best());

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            Summary.OfStream stream =
                    present(outcome.report().summary()).streams().getFirst();
            assertThat(datagrams(stream.sent()).packets()).isEqualTo(3_000);
            assertThat(datagrams(stream.received()).packets()).isPositive();
        }
    }
}
