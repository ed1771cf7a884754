package dev.pitot.wire.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/// The name of a test: the first thing that a client says on its control connection and on each of its data
/// connections. Whoever knows it can join the test.
///
/// @param text 36 characters from a client of iperf's; from others up to 37, which may be any of ISO-8859-1
///     but NUL, so printing them needs care
public record Cookie(String text) {
    /// What a cookie takes on the wire: 36 characters and a NUL (iperf.h: COOKIE_SIZE).
    public static final int BYTES = 37;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"; // iperf_util.c: make_cookie
    private static final int LAST_OF_ISO_8859_1 = 0xff;

    /// @throws IllegalArgumentException if the text is too long or cannot travel
    public Cookie {
        if (text.length() > BYTES) {
            throw new IllegalArgumentException("cookie length > " + BYTES + ": " + text.length());
        }
        if (!text.chars().allMatch(c -> c > 0 && c <= LAST_OF_ISO_8859_1)) {
            throw new IllegalArgumentException("cookie with a character that cannot travel");
        }
    }

    /// A new cookie.
    ///
    /// @param random a SecureRandom, so that no one can guess it; only tests have a use for another
    public static Cookie random(RandomGenerator random) {
        var text = new StringBuilder(BYTES - 1);
        for (int i = 0; i < BYTES - 1; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new Cookie(text.toString());
    }

    /// Reads the next 37 bytes as a C string, as iperf does: what follows a NUL does not count.
    ///
    /// @throws java.nio.BufferUnderflowException if there are fewer
    public static Cookie parse(ByteBuffer received) {
        byte[] bytes = new byte[BYTES];
        received.get(bytes);
        int length = 0;
        while (length < BYTES && bytes[length] != 0) {
            length++;
        }
        return new Cookie(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    }

    /// The 37 bytes that travel, filled up with NUL.
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .put(text.getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    /// Whether this is the same cookie. Unlike `equals` it takes as long for a near miss as for a wild
    /// guess.
    public boolean matches(Cookie other) {
        return MessageDigest.isEqual(toBytes(), other.toBytes());
    }
}
