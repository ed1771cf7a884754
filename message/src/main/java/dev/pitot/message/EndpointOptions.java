package dev.pitot.message;

import dev.pitot.model.text.ErrorText;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;

/// Options that clients and servers have in common. Immutable; begin with [#DEFAULT].
///
/// @param clock the machine's monotonic clock
/// @param timeout after which a silent peer is given up, 100 ms..1 h; legume's is 10 s
/// @param idle how an endpoint with a thread of its own waits
/// @param queue bounds of what waits between threads
/// @param protocol the protocol and its limits
public record EndpointOptions(
        NanoClock clock, Duration timeout, IdleStrategy idle, Queue queue, ProtocolOptions protocol) {
    /// Legume's (Connection's default).
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    /// Bounds of each queue between an endpoint's thread and others: messages to send, and
    /// events for an executor.
    ///
    /// @param messages at most, 1 or more
    /// @param bytes of payload at most, 1 or more; memory is taken as it is needed
    public record Queue(int messages, int bytes) {
        /// 16,384 messages; 32 MiB, which is room for the largest message of 16 MiB, twice, or a 32nd of this
        /// program's heap if that is less: a queue may take four times its bytes of memory while it grows.
        public static final Queue DEFAULT =
                new Queue(16_384, defaultBytes(Runtime.getRuntime().maxMemory()));

        static int defaultBytes(long heapBytes) {
            return (int) Math.min(32L << 20, Math.max(1L << 20, heapBytes / 32));
        }

        /// @throws IllegalArgumentException if a bound is out of range
        public Queue {
            if (messages < 1) {
                throw new IllegalArgumentException("messages < 1: " + messages);
            }
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes < 1: " + bytes);
            }
        }
    }

    /// @throws IllegalArgumentException if something is out of range
    public EndpointOptions {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout not in 100 ms..1 h: " + ErrorText.of(timeout));
        }
    }

    /// The defaults, with the machine's clock.
    public static final EndpointOptions DEFAULT = of(new MonotonicClock());

    /// Returns the defaults with another clock.
    public static EndpointOptions of(NanoClock clock) {
        return new EndpointOptions(clock, DEFAULT_TIMEOUT, IdleStrategy.SELECT, Queue.DEFAULT, ProtocolOptions.DEFAULT);
    }

    /// Returns these options with another timeout.
    public EndpointOptions withTimeout(Duration other) {
        return new EndpointOptions(clock, other, idle, queue, protocol);
    }

    /// Returns these options with another way to wait.
    public EndpointOptions withIdle(IdleStrategy other) {
        return new EndpointOptions(clock, timeout, other, queue, protocol);
    }

    /// Returns these options with other bounds.
    public EndpointOptions withQueue(Queue other) {
        return new EndpointOptions(clock, timeout, idle, other, protocol);
    }

    /// Returns these options with another protocol.
    public EndpointOptions withProtocol(ProtocolOptions other) {
        return new EndpointOptions(clock, timeout, idle, queue, other);
    }
}
