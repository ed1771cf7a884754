package dev.pitot.socket.portable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.socket.datagram.PreConnectDatagram;
import dev.pitot.socket.datagram.PreConnectDatagrams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PortableUdpConnectionTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    @Test
    void whatReachesASocketBeforeItsPeerIsSorted() throws IOException {
        var early = new PreConnectDatagrams();
        var strays = new PreConnectDatagrams();
        try (DatagramChannel channel = DatagramChannel.open().bind(LOOPBACK);
                DatagramChannel peer = DatagramChannel.open().bind(LOOPBACK);
                DatagramChannel other = DatagramChannel.open().bind(LOOPBACK)) {
            channel.configureBlocking(false);
            send(other, 1, channel);
            send(peer, 2, channel);
            send(other, 3, channel);
            send(peer, 4, channel);

            PortableUdpConnection.sort(channel, (InetSocketAddress) peer.getLocalAddress(), early, strays);

            assertThat(contents(early)).containsExactly(2, 4);
            assertThat(contents(strays)).containsExactly(1, 3);
        }
    }

    @Test
    void aPeerWhoSendsCeaselesslyDoesNotHoldUp() throws IOException {
        var early = new PreConnectDatagrams();
        try (DatagramChannel channel = DatagramChannel.open().bind(LOOPBACK);
                DatagramChannel peer = DatagramChannel.open().bind(LOOPBACK)) {
            channel.configureBlocking(false);
            for (int i = 0; i <= PreConnectDatagrams.CAPACITY; i++) {
                send(peer, i, channel);
            }

            PortableUdpConnection.sort(
                    channel, (InetSocketAddress) peer.getLocalAddress(), early, new PreConnectDatagrams());

            assertThat(contents(early)).hasSize(PreConnectDatagrams.CAPACITY);
            assertThat(channel.receive(ByteBuffer.allocate(1))).isNotNull(); // not consumed
        }
    }

    private static void send(DatagramChannel from, int content, DatagramChannel to) throws IOException {
        from.send(ByteBuffer.wrap(new byte[] {(byte) content}), to.getLocalAddress());
    }

    private static List<Integer> contents(PreConnectDatagrams datagrams) {
        List<Integer> contents = new ArrayList<>();
        while (!datagrams.isEmpty()) {
            PreConnectDatagram next = Objects.requireNonNull(datagrams.poll());
            contents.add((int) next.content().get(0));
        }
        return contents;
    }
}
