package dev.pitot.socket.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SelectorWaiterTest {
    private static final int A_MINUTE = Math.toIntExact(Duration.ofMinutes(1).toMillis());

    @Test
    @Timeout(180)
    void whoIsWokenBeforeWaitingDoesNotWait() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.configureBlocking(false);
            try (var selectorWaiter = new SelectorWaiter(channel, SelectionKey.OP_READ)) {
                selectorWaiter.wake();

                selectorWaiter.await(A_MINUTE);

                assertThat(channel.isOpen()).isTrue();
            }
        }
    }

    @Test
    void nobodyWaitsOnWhatIsClosed() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.configureBlocking(false);
            var selectorWaiter = new SelectorWaiter(channel, SelectionKey.OP_READ);

            selectorWaiter.close();

            assertThatThrownBy(() -> selectorWaiter.await(A_MINUTE)).isInstanceOf(ClosedChannelException.class);
        }
    }
}
