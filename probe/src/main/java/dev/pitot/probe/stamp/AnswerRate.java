package dev.pitot.probe.stamp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/// A limit of answers a second, to one address and to all. Addresses share 4096 places by a hash that others
/// cannot guess, so that no number of senders takes more memory. A tenth of a second's answers may go at
/// once. For one thread.
final class AnswerRate {
    private static final int PLACES = 4096;
    private static final long SECOND = 1_000_000_000;
    private static final long BURST = SECOND / 10;
    private static final int NETWORK_BYTES = 8; // of an IPv6 address: a site has 2^64 addresses at least

    private final long[] sources = new long[PLACES]; // when the last answer would have gone at an even rate
    private final long sourceInterval;
    private final long totalInterval;
    private final int seed = ThreadLocalRandom.current().nextInt();
    private long all;

    AnswerRate(int perSource, int total, long now) {
        sourceInterval = SECOND / perSource;
        totalInterval = SECOND / total;
        Arrays.fill(sources, now);
        all = now;
    }

    /// Takes an answer if it may go.
    boolean admits(InetAddress source, long now) {
        int place = place(source);
        if (sources[place] - now > BURST || all - now > BURST) {
            return false;
        }
        sources[place] = Math.max(sources[place] - now, 0) + now + sourceInterval;
        all = Math.max(all - now, 0) + now + totalInterval;
        return true;
    }

    private int place(InetAddress source) {
        byte[] address = source.getAddress();
        int length = source instanceof Inet6Address ? NETWORK_BYTES : address.length;
        int hash = seed;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ address[i]) * 0x01000193; // FNV-1a's prime
        }
        hash ^= hash >>> 15;
        return Math.floorMod((hash * 0x85ebca6b) >>> 4, PLACES);
    }
}
