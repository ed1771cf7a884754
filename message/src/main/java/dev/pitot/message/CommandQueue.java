package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A bounded queue of messages, whose bytes it copies, and actions: from any thread to one that
/// takes them out. When its memory has grown to what is needed, it allocates nothing.
final class CommandQueue {
    private final EndpointOptions.Queue bounds;
    private final Runnable onRoom;
    private final Object lock = new Object();
    private Batch filling; // guarded by the lock
    private Batch draining; // the taker's
    private volatile boolean isEmpty = true;
    private volatile boolean isFull;
    private boolean isClosed; // guarded by the lock

    /// A queue.
    ///
    /// @param bounds of what has not been begun to be taken out; as much may be under way
    CommandQueue(EndpointOptions.Queue bounds) {
        this(bounds, () -> {});
    }

    /// A queue that reports when it is no longer full.
    ///
    /// @param onRoom called by the taker's thread, once each time [#isFull()] becomes false
    CommandQueue(EndpointOptions.Queue bounds, Runnable onRoom) {
        this.bounds = bounds;
        this.onRoom = onRoom;
        filling = new Batch(bounds.bytes());
        draining = new Batch(bounds.bytes());
    }

    /// Who takes things out.
    interface Consumer {
        /// A message's turn.
        ///
        /// @return false if it must wait: then the same message comes again next time
        boolean message(@Nullable Object subject, Channel channel, ByteBuffer payload);
    }

    /// Puts a message in.
    ///
    /// @param subject whatever the taker should know
    /// @param payload from position to limit, which stay
    /// @return false if the queue is full, or closed
    /// @throws IllegalArgumentException if the message is longer than the queue ever holds
    boolean offer(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        int bytes = payload.remaining();
        if (bytes > bounds.bytes()) {
            throw new IllegalArgumentException("A message of " + bytes + " bytes does not fit the queue of "
                    + bounds.bytes() + " bytes: send less, or give the endpoint a larger queue.");
        }
        synchronized (lock) {
            if (isClosed) {
                return false;
            }
            if (filling.messages >= bounds.messages() || filling.bytes + (long) bytes > bounds.bytes()) {
                isFull = true;
                return false;
            }
            append(subject, channel, payload);
        }
        return true;
    }

    /// Puts a message in, whether there is room or not: for those who ask [#isFull()] first, but
    /// not each time.
    void put(@Nullable Object subject, Channel channel, ByteBuffer payload) {
        synchronized (lock) {
            append(subject, channel, payload);
        }
    }

    /// Puts an action in, whether there is room or not. It counts as a message: so who asks
    /// [#isFull()] first notices actions too.
    ///
    /// @return false if the queue is closed: then nobody runs it
    boolean act(Runnable action) {
        synchronized (lock) {
            if (!isClosed) {
                append(action, null, null);
            }
            return !isClosed;
        }
    }

    /// Refuses what [#offer] and [#act] bring from now on; what is in it can still be taken out. Any thread.
    void close() {
        synchronized (lock) {
            isClosed = true;
        }
    }

    private void append(@Nullable Object subject, @Nullable Channel channel, @Nullable ByteBuffer payload) {
        filling.add(subject, channel, payload);
        isEmpty = false;
        if (filling.messages >= bounds.messages() || filling.bytes >= bounds.bytes()) {
            isFull = true;
        }
    }

    /// Whether there is nothing to take out.
    boolean isEmpty() {
        return isEmpty;
    }

    /// Bytes of payload that it has room for in memory. The taker's thread only.
    long memoryBytes() {
        synchronized (lock) {
            return (long) filling.payloads.capacity() + draining.payloads.capacity();
        }
    }

    /// Bytes of payload that are in it. The taker's thread only.
    long heldBytes() {
        synchronized (lock) {
            return (long) filling.bytes + draining.bytes;
        }
    }

    /// Whether a bound has been reached, and nothing has been taken out since.
    boolean isFull() {
        return isFull;
    }

    /// Takes out what is in, in the order it was put in. The taker's thread only.
    ///
    /// @param most so many at most
    /// @return how many that were
    int drain(Consumer consumer, int most) {
        for (int done = 0; done < most; done++) {
            if (draining.isOver() && !swap()) {
                return done;
            }
            if (!draining.give(consumer)) {
                return done;
            }
        }
        return most;
    }

    /// False if there is nothing.
    private boolean swap() {
        draining.clear();
        boolean wasFull;
        boolean hasMore;
        synchronized (lock) {
            wasFull = isFull;
            isFull = false;
            hasMore = !filling.isOver();
            if (hasMore) {
                Batch full = filling;
                filling = draining;
                draining = full;
            } else {
                isEmpty = true;
            }
        }
        if (wasFull) {
            onRoom.run();
        }
        return hasMore;
    }

    /// Entries in a row, with the bytes of the messages among them. Its memory doubles up to the queue's bound;
    /// what is put in beyond that makes it grow by an eighth each time, and is not kept if it was much.
    private static final class Batch {
        private static final int FIRST_ENTRIES = 16;
        private static final int FIRST_BYTES = 1024;

        private @Nullable Object[] subjects = new @Nullable Object[FIRST_ENTRIES];
        private @Nullable Channel[] channels = new @Nullable Channel[FIRST_ENTRIES]; // null: an action
        private int[] ends = new int[FIRST_ENTRIES];
        private ByteBuffer payloads = ByteBuffer.allocate(FIRST_BYTES);
        private int entries;
        private int messages; // and actions
        private int bytes;
        private int next;
        private int nextByte;
        private final int usualBytes;

        Batch(int usualBytes) {
            this.usualBytes = usualBytes;
        }

        boolean isOver() {
            return next == entries;
        }

        void clear() {
            Arrays.fill(subjects, 0, entries, null); // or what they refer to would live on
            entries = 0;
            messages = 0;
            bytes = 0;
            next = 0;
            nextByte = 0;
            if (payloads.capacity() / 2 > Math.max(usualBytes, FIRST_BYTES)) {
                payloads = ByteBuffer.allocate(FIRST_BYTES);
            }
            payloads.clear();
        }

        void add(@Nullable Object subject, @Nullable Channel channel, @Nullable ByteBuffer payload) {
            if (entries == ends.length) {
                int more = 2 * entries;
                subjects = Arrays.copyOf(subjects, more);
                channels = Arrays.copyOf(channels, more);
                ends = Arrays.copyOf(ends, more);
            }
            if (payload != null) {
                int length = payload.remaining();
                makeRoom(length);
                payloads.put(bytes, payload, payload.position(), length);
                bytes += length;
            }
            messages++;
            subjects[entries] = subject;
            channels[entries] = channel;
            ends[entries] = bytes;
            entries++;
        }

        private void makeRoom(int length) {
            int needed = Math.addExact(bytes, length);
            if (needed > payloads.capacity()) {
                long most = Math.max(usualBytes, needed + needed / 8L);
                long room = Math.min(Math.min(2L * payloads.capacity(), most), Integer.MAX_VALUE - 8L);
                payloads = ByteBuffer.allocate(Math.max(needed, (int) room)).put(0, payloads, 0, bytes);
            }
        }

        /// Hands the next entry over, unless it must wait.
        boolean give(Consumer consumer) {
            int index = next;
            Channel channel = channels[index];
            if (channel == null) {
                next++;
                if (subjects[index] instanceof Runnable action) {
                    action.run();
                }
                return true;
            }
            payloads.limit(ends[index]).position(nextByte);
            if (!consumer.message(subjects[index], channel, payloads)) {
                return false;
            }
            nextByte = ends[index];
            next++;
            return true;
        }
    }
}
