package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandQueueTest {
    private final List<String> taken = new ArrayList<>();

    @Test
    void givesMessagesAndActionsInTheirOrder() {
        var commands = new CommandQueue(new EndpointOptions.Queue(10, 100));

        commands.offer("to a", Channel.RELIABLE, ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2));
        commands.act(() -> taken.add("action"));
        commands.offer(null, Channel.UNRELIABLE, ByteBuffer.wrap(new byte[] {3}));

        assertThat(commands.drain(this::take, 100)).isEqualTo(3);
        assertThat(taken).containsExactly("to a RELIABLE 1 2", "action", "null UNRELIABLE 3");
        assertThat(commands.isEmpty()).isTrue();
    }

    @Test
    void isFullByCountOrByBytesAndSaysSo() {
        var few = new CommandQueue(new EndpointOptions.Queue(2, 100));
        var small = new CommandQueue(new EndpointOptions.Queue(10, 5));

        assertThat(List.of(offer(few, 1), offer(few, 1), offer(few, 1))).containsExactly(true, true, false);
        assertThat(List.of(offer(small, 3), offer(small, 3), offer(small, 2))).containsExactly(true, false, true);
        assertThat(few.isFull()).isTrue();

        few.drain(this::take, 1);
        assertThat(few.isFull()).isFalse();
        assertThat(offer(few, 1)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> offer(small, 6))
                .withMessageStartingWith("A message of 6 bytes does not fit the queue of 5 bytes");
    }

    @Test
    void whatMustWaitComesAgainBeforeAllElse() {
        var commands = new CommandQueue(new EndpointOptions.Queue(10, 100));
        commands.offer("first", Channel.RELIABLE, ByteBuffer.wrap(new byte[] {1}));
        commands.offer("second", Channel.RELIABLE, ByteBuffer.wrap(new byte[] {2}));

        assertThat(commands.drain((_, _, _) -> false, 100)).isZero();
        commands.offer("third", Channel.RELIABLE, ByteBuffer.wrap(new byte[] {3}));
        commands.drain(this::take, 100);

        assertThat(taken).containsExactly("first RELIABLE 1", "second RELIABLE 2", "third RELIABLE 3");
    }

    @Test
    void manyRoundsOfGrowingMessagesStayWhole() {
        var commands = new CommandQueue(new EndpointOptions.Queue(100, 100_000));

        for (int round = 1; round < 200; round++) {
            for (int i = 0; i < 20; i++) {
                assertThat(commands.offer(
                                null,
                                Channel.RELIABLE,
                                ByteBuffer.wrap(new byte[round + i]).put(0, (byte) i)))
                        .isTrue();
            }
            int expected = round;
            int[] next = {0};
            commands.drain(
                    (_, _, payload) -> {
                        assertThat(payload.remaining()).isEqualTo(expected + next[0]);
                        assertThat(payload.get()).isEqualTo((byte) next[0]++);
                        return true;
                    },
                    100);
            assertThat(next[0]).isEqualTo(20);
        }
    }

    @Test
    void reportsRoomOnceEachTimeThatItWasFullAlsoIfItFillsWhileItIsEmptied() {
        int[] reports = {0};
        var commands = new CommandQueue(new EndpointOptions.Queue(2, 100), () -> reports[0]++);

        offer(commands, 1);
        commands.drain((_, _, _) -> true, 100);
        assertThat(reports[0]).isZero();

        offer(commands, 1);
        offer(commands, 1);
        int[] taken = {0};
        commands.drain(
                (_, _, _) -> {
                    if (taken[0]++ == 0) { // one batch is out, and the next fills
                        assertThat(reports[0]).isEqualTo(1);
                        offer(commands, 1);
                        offer(commands, 1);
                        assertThat(commands.isFull()).isTrue();
                    }
                    return true;
                },
                100);
        assertThat(taken[0]).isEqualTo(4);
        assertThat(commands.isFull()).isFalse();
        assertThat(reports[0]).isEqualTo(2);
    }

    @Test
    void aClosedQueueTakesNothingMoreAndKeepsWhatItHas() {
        var commands = new CommandQueue(new EndpointOptions.Queue(10, 100));
        offer(commands, 1);

        commands.close();

        assertThat(offer(commands, 1)).isFalse();
        assertThat(commands.act(() -> taken.add("late"))).isFalse();
        assertThat(commands.drain(this::take, 100)).isEqualTo(1);
        assertThat(taken).containsExactly("null RELIABLE 0");
    }

    @Test
    void itsMemoryGrowsToItsBoundOnly() {
        var commands = new CommandQueue(new EndpointOptions.Queue(1000, 100_000));

        for (int round = 0; round < 3; round++) {
            while (!commands.isFull()) {
                commands.put(null, Channel.RELIABLE, ByteBuffer.allocate(1000));
            }
            assertThat(commands.memoryBytes()).isLessThanOrEqualTo(200_000);
            commands.drain((_, _, _) -> true, 1000);
        }

        assertThat(commands.memoryBytes()).isEqualTo(200_000);
    }

    @Test
    void whatIsPutInBeyondTheBoundIsCopiedSeldomAndItsMemoryNotKept() {
        var commands = new CommandQueue(new EndpointOptions.Queue(1000, 2000));

        int growths = 0;
        for (int i = 0; i < 1000; i++) {
            long before = commands.memoryBytes();
            commands.put(null, Channel.RELIABLE, ByteBuffer.allocate(100));
            growths += commands.memoryBytes() > before ? 1 : 0;
        }
        assertThat(growths).isLessThan(50);
        assertThat(commands.memoryBytes()).isLessThan(120_000);

        assertThat(commands.drain((_, _, _) -> true, 2000)).isEqualTo(1000);
        assertThat(commands.memoryBytes()).isLessThan(5000);
    }

    @Test
    void theDefaultTakesASmallShareOfASmallHeap() {
        assertThat(EndpointOptions.Queue.defaultBytes(64L << 20)).isEqualTo(2 << 20);
        assertThat(EndpointOptions.Queue.defaultBytes(16L << 20)).isEqualTo(1 << 20);
        assertThat(EndpointOptions.Queue.defaultBytes(Long.MAX_VALUE)).isEqualTo(32 << 20);
        assertThat(EndpointOptions.Queue.DEFAULT.bytes())
                .isEqualTo(
                        EndpointOptions.Queue.defaultBytes(Runtime.getRuntime().maxMemory()));
    }

    private boolean take(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        var line = new StringBuilder(subject + " " + channel.kind());
        while (payload.hasRemaining()) {
            line.append(' ').append(payload.get());
        }
        taken.add(line.toString());
        return true;
    }

    private static boolean offer(CommandQueue commands, int bytes) {
        return commands.offer(null, Channel.RELIABLE, ByteBuffer.allocate(bytes));
    }
}
