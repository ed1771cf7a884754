package dev.pitot.socket.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PreConnectDatagramsBoundTest {
    private static PreConnectDatagram datagram(int bytes) {
        return new PreConnectDatagram(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), ByteBuffer.allocate(bytes));
    }

    @Test
    void longDatagramsFillItSooner() {
        var early = new PreConnectDatagrams();

        early.add(datagram(PreConnectDatagrams.MAX_BYTES - 1));
        assertThat(early.isFull()).isFalse();
        early.add(datagram(60_000));
        assertThat(early.isFull()).isTrue();
        early.add(datagram(1));
        early.poll();
        early.poll();

        assertThat(early.isEmpty()).isTrue();
        assertThat(early.isFull()).isFalse();
    }
}
