package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server's duration is the time in which the client's data arrived, whatever the client did before and
/// after it: here it pauses, like one that is busy or far away.
@Tag("slow")
class ReceiverSecondsTest {
    private static final String COOKIE = "abcdefghijklmnopqrstuvwxyz234567abcd\0";
    private static final byte TEST_START = 1;
    private static final byte TEST_RUNNING = 2;
    private static final byte TEST_END = 4;
    private static final byte PARAM_EXCHANGE = 9;
    private static final byte CREATE_STREAMS = 10;
    private static final byte EXCHANGE_RESULTS = 13;
    private static final byte[] REQUEST = {0x39, 0x38, 0x37, 0x36};
    private static final int BYTES = 100;

    /// Before the first byte and after the last. The data takes less time, however busy the host is.
    private static final Duration PAUSE = Duration.ofMillis(1_500);

    private static final double SENT_SECONDS = 0.25;

    private static Script uptoStreams(String protocol) {
        return Script.start()
                .send(COOKIE)
                .expect(PARAM_EXCHANGE)
                .sendFrame("{\"" + protocol + "\":true,\"omit\":0,\"time\":1,\"parallel\":1,\"len\":" + BYTES + "}")
                .expect(CREATE_STREAMS);
    }

    private static Script toTheEnd(Script script) {
        return script.expect(TEST_START)
                .expect(TEST_RUNNING)
                .pause(PAUSE.multipliedBy(2))
                .send(TEST_END)
                .expect(EXCHANGE_RESULTS)
                .sendFrame("{\"cpu_util_total\":0,\"cpu_util_user\":0,\"cpu_util_system\":0,"
                        + "\"sender_has_retransmits\":0,\"streams\":[{\"id\":1,\"bytes\":" + BYTES
                        + ",\"retransmits\":-1,\"jitter\":0,\"errors\":0,\"omitted_errors\":0,\"packets\":1,"
                        + "\"omitted_packets\":0,\"start_time\":0,\"end_time\":" + SENT_SECONDS + "}]}")
                .takeFrame();
    }

    private static void pause() {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS))
                .join();
    }

    private static void assertSecondsAreThoseOfTheData(Watcher watcher) throws InterruptedException {
        Summary summary = Objects.requireNonNull(watcher.awaitOutcome().report().summary());
        Total received = Objects.requireNonNull(summary.directions().getFirst().received());
        assertThat(received.bytes()).isEqualTo(BYTES);
        assertThat(received.seconds()).isEqualTo(SENT_SECONDS);
    }

    @Test
    void ofDatagrams() throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).listener(watcher).start();
                var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                ScriptedPeer client = ScriptedPeer.client(server.port(), toTheEnd(uptoStreams("udp")))) {
            client.take();
            client.take();
            var to = InetAddress.getLoopbackAddress();
            socket.send(new DatagramPacket(REQUEST, REQUEST.length, to, server.port()));
            client.take();
            client.take();
            pause();
            byte[] datagram = ByteBuffer.allocate(BYTES).putLong(0).putInt(1).array();
            socket.send(new DatagramPacket(datagram, BYTES, to, server.port()));

            client.awaitPlayed();

            assertSecondsAreThoseOfTheData(watcher);
        }
    }

    @Test
    void ofBytes() throws Exception {
        var watcher = new Watcher();
        Script data =
                Script.start().send(COOKIE).pause(PAUSE).send(new byte[BYTES]).stall();
        try (Server server = Iperf.server().port(0).listener(watcher).start();
                ScriptedPeer client = ScriptedPeer.client(server.port(), toTheEnd(uptoStreams("tcp")))) {
            client.take();
            client.take();
            try (ScriptedPeer _ = ScriptedPeer.client(server.port(), data)) {
                client.awaitPlayed();
            }

            assertSecondsAreThoseOfTheData(watcher);
        }
    }
}
