package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.wire.datagram.DatagramHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Trains of a sender whose kernel takes fewer datagrams with a call than it said.
class UdpTrainTest {
    private static final int DATAGRAM_BYTES = 100;

    private final UdpConnectionStub connection = new UdpConnectionStub(1_000_000);

    private void send(int datagrams, int perCall) throws IOException {
        var settings = new StreamSettings(
                1,
                DATAGRAM_BYTES,
                Pacing.NONE,
                SocketSettings.DEFAULT,
                PayloadSettings.DEFAULT,
                DatagramSettings.DEFAULT);
        var quota = new SendQuota();
        quota.arm((long) datagrams * DATAGRAM_BYTES);
        var sender = new UdpSender(
                connection,
                settings,
                new TcpSender.Amount(quota, TcpSender.AtLimit.STOP),
                () -> 0,
                ByteBuffer.allocateDirect(perCall * DATAGRAM_BYTES),
                null);
        sender.transfer(0);
        assertThat(sender.snapshot().packets()).isEqualTo(datagrams);
        assertThat(sender.snapshot().bytes()).isEqualTo((long) datagrams * DATAGRAM_BYTES);
    }

    private List<Long> numbers() {
        return connection.sent().stream()
                .flatMapToLong(call -> LongStream.range(0, call.length / DATAGRAM_BYTES)
                        .map(i -> DatagramHeader.sequence(ByteBuffer.wrap(call), (int) i * DATAGRAM_BYTES, false)))
                .boxed()
                .toList();
    }

    @Test
    void trainsAreAsLongAsACallMayBe() throws IOException {
        connection.segments(8, Integer.MAX_VALUE);

        send(20, 8);

        assertThat(connection.sent()).extracting(call -> call.length).containsExactly(800, 800, 400);
        assertThat(numbers()).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void aRefusedTrainLeavesInShorterOnes() throws IOException {
        connection.segments(8, 400);

        send(20, 8);

        assertThat(connection.sent()).extracting(call -> call.length).containsExactly(400, 400, 400, 400, 400);
        assertThat(numbers()).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void aKernelThatRefusesAllGetsSingleDatagrams() throws IOException {
        connection.segments(8, 100);

        send(20, 8);

        assertThat(connection.sent()).hasSize(20);
        assertThat(numbers()).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    }
}
