package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Messages that a server of the original's sends to all before it has accepted a client.
final class EarlyMessagesTest {
    private static final long MS = 1_000_000;

    private final RecordingListener listener = new RecordingListener();
    private final LegumeLink client =
            LegumeLink.client(UserTypes.PYTHON_2, LegumeSettings.USUAL, ConnectRequest.ofLegume(1), 1, listener, 0);

    private void receive(String hex) {
        client.receive(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), MS);
    }

    private List<String> flush() {
        var sent = new ArrayList<String>();
        client.flush(
                datagram -> {
                    byte[] bytes = new byte[datagram.remaining()];
                    datagram.get(bytes);
                    sent.add(HexFormat.of().formatHex(bytes));
                    return true;
                },
                MS);
        return sent;
    }

    @Test
    void theyAreDeliveredInOrderWhenTheConnectionIsOpen() {
        flush();
        receive("00010000000800000001" + "0002000002c800000001" + "0003000000c800000002");
        assertThat(listener.order).isEmpty();
        assertThat(flush()).containsExactly("00020000000800000002");

        receive("000400000204" + "0005000000c800000003");

        assertThat(listener.order).containsExactly("opened", "message", "message", "message");
        assertThat(listener.numbers()).containsExactly(1, 2, 3);
        assertThat(listener.channels).containsExactly(Channel.RELIABLE, Channel.UNRELIABLE, Channel.UNRELIABLE);
    }

    @Test
    void noMoreAreKeptThanTheLimitAndTheOthersAreNotAcknowledged() {
        flush();
        for (int i = 0; i < Receiver.MAX_EARLY + 10; i++) {
            receive("%04x000002c8%08x".formatted(2 + i, i));
        }
        assertThat(client.metrics().waiting().reorderQueue()).isEqualTo(Receiver.MAX_EARLY);
        assertThat(flush().getFirst()).hasSize(20 * Receiver.MAX_EARLY);

        receive("000100000204");

        assertThat(listener.numbers())
                .isEqualTo(IntStream.range(0, Receiver.MAX_EARLY).boxed().toList());
    }
}
