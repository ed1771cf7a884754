package dev.pitot.socket.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PreConnectDatagramsTest {
    private static final InetSocketAddress SENDER = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 7);

    private final PreConnectDatagrams early = new PreConnectDatagrams();

    @Test
    void theOldestComesFirst() {
        early.add(datagram(1));
        early.add(datagram(2));

        assertThat(early.peek()).isEqualTo(datagram(1));
        assertThat(early.poll()).isEqualTo(datagram(1));
        assertThat(early.poll()).isEqualTo(datagram(2));
        assertThat(early.poll()).isNull();
        assertThat(early.isEmpty()).isTrue();
    }

    @Test
    void thereIsABound() {
        for (int i = 0; i <= PreConnectDatagrams.CAPACITY; i++) {
            early.add(datagram(i));
        }

        assertThat(early.isFull()).isTrue();
        int count = 0;
        while (early.poll() != null) {
            count++;
        }
        assertThat(count).isEqualTo(PreConnectDatagrams.CAPACITY);
    }

    @Test
    void longOnesTakeNoRoomWhereShortOnesAreWanted() {
        early.ignoreLonger(1);
        for (int i = 0; i < 10; i++) {
            early.add(new PreConnectDatagram(SENDER, ByteBuffer.allocate(PreConnectDatagrams.MAX_BYTES)));
        }

        early.add(datagram(1));

        assertThat(early.poll()).isEqualTo(datagram(1));
        assertThat(early.isEmpty()).isTrue();
    }

    @Test
    void theContentIsACopy() {
        ByteBuffer block = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1);

        early.add(new PreConnectDatagram(SENDER, block));
        block.put(1, (byte) 9);

        PreConnectDatagram first = Objects.requireNonNull(early.poll());
        assertThat(block.position()).isEqualTo(1);
        assertThat(first.bytes()).isEqualTo(3);
        assertThat(first.content().get(0)).isEqualTo((byte) 2);
    }

    @Test
    void whatDoesNotFitIsLeftOut() {
        var datagram = new PreConnectDatagram(SENDER, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        ByteBuffer small = ByteBuffer.allocate(2);
        ByteBuffer large = ByteBuffer.allocate(5);

        assertThat(datagram.copyTo(small)).isEqualTo(2);
        assertThat(datagram.copyTo(large)).isEqualTo(3); // can be repeated

        assertThat(small.array()).containsExactly(1, 2);
        assertThat(large.array()).containsExactly(1, 2, 3, 0, 0);
    }

    private static PreConnectDatagram datagram(int content) {
        return new PreConnectDatagram(SENDER, ByteBuffer.wrap(new byte[] {(byte) content}));
    }
}
