package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DelayedLinkTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void datagramsTakeTheirTimeInEachDirection() throws Exception {
        try (var server = new DatagramSocket(0, LOOPBACK);
                var link = DelayedLink.to(server.getLocalPort(), Duration.ofMillis(20), Duration.ofMillis(5));
                var client = new DatagramSocket(0, LOOPBACK)) {
            Thread.ofVirtual().start(() -> echo(server));
            var datagram = new DatagramPacket(new byte[16], 16, new InetSocketAddress(LOOPBACK, link.port()));
            long lowest = Long.MAX_VALUE; // of many: a busy machine delays some
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                client.send(datagram);
                client.receive(new DatagramPacket(new byte[16], 16));
                lowest = Math.min(lowest, System.nanoTime() - start);
            }

            assertThat(Duration.ofNanos(lowest)).isBetween(Duration.ofMillis(25), Duration.ofMillis(30));
        }
    }

    @Test
    void connectionsPassOnTheSamePort() throws Exception {
        try (var server = new ServerSocket(0, 1, LOOPBACK);
                var link = DelayedLink.to(server.getLocalPort(), Duration.ofSeconds(1), Duration.ofSeconds(1));
                var client = new Socket(LOOPBACK, link.port());
                var accepted = server.accept()) {
            client.getOutputStream().write(7);

            assertThat(accepted.getInputStream().read()).isEqualTo(7);
        }
    }

    private static void echo(DatagramSocket server) {
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[16], 16);
                server.receive(packet);
                server.send(packet);
            }
        } catch (SocketException _) { // closed
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
