package dev.pitot.wire.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/// Identifier of a test: the first data that a client sends on its control connection and on each
/// of its data connections. Anyone who knows it can join the test.
///
/// @param text 36 characters from iperf's clients; from others up to 37, any of ISO-8859-1 except
///     NUL, so it must be filtered before it is printed
public record Cookie(String text) {
    /// Size on the wire: 36 characters and a NUL (iperf.h: COOKIE_SIZE).
    public static final int BYTES = 37;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"; // iperf_util.c: make_cookie
    private static final int LAST_OF_ISO_8859_1 = 0xff;

    /// @throws IllegalArgumentException if the text is too long, or has NUL or a character outside
    ///     ISO-8859-1
    public Cookie {
        if (text.length() > BYTES) {
            throw new IllegalArgumentException("cookie length > " + BYTES + ": " + text.length());
        }
        if (!text.chars().allMatch(c -> c > 0 && c <= LAST_OF_ISO_8859_1)) {
            throw new IllegalArgumentException("cookie contains NUL or a character outside ISO-8859-1");
        }
    }

    /// Returns a new cookie.
    ///
    /// @param random a SecureRandom, so that the cookie cannot be guessed; tests may use another
    ///     generator
    public static Cookie random(RandomGenerator random) {
        var text = new StringBuilder(BYTES - 1);
        for (int i = 0; i < BYTES - 1; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new Cookie(text.toString());
    }

    /// Reads the next 37 bytes as a C string, as iperf does: anything after a NUL is ignored.
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

    /// Returns the 37 bytes sent on the wire, padded with NUL.
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .put(text.getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    /// True if the cookies are equal. Unlike `equals`, compares in constant time.
    public boolean matches(Cookie other) {
        return MessageDigest.isEqual(toBytes(), other.toBytes());
    }
}
