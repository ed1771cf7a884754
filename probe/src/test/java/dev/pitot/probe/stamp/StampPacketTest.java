package dev.pitot.probe.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Bytes worked out from RFC 8762's figures; the codes are those of another implementation of HMAC.
class StampPacketTest {
    private static final Instant SENT = Instant.parse("2026-11-23T22:00:00.5Z");
    private static final Instant RECEIVED = Instant.parse("2026-11-23T22:00:01.25Z");
    private static final Instant ANSWERED = Instant.parse("2026-11-23T22:00:01.75Z");
    private static final ErrorEstimate OWN = ErrorEstimate.of(false, StampTimeFormat.NTP, 1_000);
    private static final ErrorEstimate ITS = ErrorEstimate.of(true, StampTimeFormat.NTP, 1_000);
    private static final StampRequest REQUEST =
            new StampRequest(1, StampTimeFormat.NTP.encode(SENT), OWN.encode(), 0x1234);
    private static final StampAnswer ANSWER = new StampAnswer(
            7, StampTimeFormat.NTP.encode(ANSWERED), ITS.encode(), StampTimeFormat.NTP.encode(RECEIVED), REQUEST, 255);
    private static final String OPEN_REQUEST = "00000001" // sequence number
            + "eeaf35e080000000" // timestamp
            + "0587" // error estimate: 135 * 2^(5-32) s
            + "1234" // identifier of the session
            + "00".repeat(28);
    private static final String OPEN_ANSWER = "00000007" // sequence number
            + "eeaf35e1c0000000" // timestamp
            + "8587" // error estimate, S = 1
            + "1234"
            + "eeaf35e140000000" // receive timestamp
            + "00000001" // the sender's sequence number, timestamp and error estimate
            + "eeaf35e080000000"
            + "0587"
            + "0000"
            + "ff" // TTL
            + "000000";
    private static final String SECURE_REQUEST = "00000001"
            + "00".repeat(12)
            + "eeaf35e080000000"
            + "0587"
            + "1234"
            + "00".repeat(68)
            + "ffdcb836f1bcc1aa689f90e913ee8cae"; // HMAC-SHA-256, cut
    private static final String SECURE_ANSWER = "00000007"
            + "00".repeat(12)
            + "eeaf35e1c0000000"
            + "8587"
            + "1234"
            + "00".repeat(4)
            + "eeaf35e140000000"
            + "00".repeat(8)
            + "00000001"
            + "00".repeat(12)
            + "eeaf35e080000000"
            + "0587"
            + "00".repeat(6)
            + "ff"
            + "00".repeat(15)
            + "d5a07f23316d146f4f42c0a2c607fb2e";

    @Test
    void openPacketsAreThoseOfTheRfc() {
        assertThat(written(REQUEST, StampLayout.OPEN, null)).isEqualTo(OPEN_REQUEST);
        assertThat(written(ANSWER, StampLayout.OPEN, null)).isEqualTo(OPEN_ANSWER);
        assertThat(StampRequest.read(bytes(OPEN_REQUEST), StampLayout.OPEN)).isEqualTo(REQUEST);
        assertThat(StampAnswer.read(bytes(OPEN_ANSWER), StampLayout.OPEN)).isEqualTo(ANSWER);
    }

    @Test
    void authenticatedPacketsAreThoseOfTheRfc() {
        StampKey key = key();

        assertThat(written(REQUEST, StampLayout.AUTHENTICATED, key)).isEqualTo(SECURE_REQUEST);
        assertThat(written(ANSWER, StampLayout.AUTHENTICATED, key)).isEqualTo(SECURE_ANSWER);
        assertThat(StampRequest.read(bytes(SECURE_REQUEST), StampLayout.AUTHENTICATED))
                .isEqualTo(REQUEST);
        assertThat(StampAnswer.read(bytes(SECURE_ANSWER), StampLayout.AUTHENTICATED))
                .isEqualTo(ANSWER);
        assertThat(key.verifies(bytes(SECURE_ANSWER))).isTrue();
        assertThat(key).hasToString("StampKey");
    }

    @Test
    void eachBitOfAnAuthenticatedPacketCounts() {
        StampKey key = key();
        for (int bit = 0; bit < 112 * 8; bit++) {
            ByteBuffer packet = bytes(SECURE_REQUEST);
            packet.put(bit / 8, (byte) (packet.get(bit / 8) ^ (1 << (bit % 8))));

            assertThat(key.verifies(packet)).as("bit %d", bit).isFalse();
        }
    }

    @Test
    void timestampsComeBackToTheNanosecond() {
        var random = new SplittableRandom(4);
        long near = StampClock.nanos(SENT);
        for (int i = 0; i < 10_000; i++) {
            long time = near + random.nextLong(-1_000_000_000_000_000L, 1_000_000_000_000_000L);
            for (StampTimeFormat format : StampTimeFormat.values()) {
                long bits = format.encode(StampClock.instant(time));

                assertThat(format.decode(bits, near)).isEqualTo(time);
            }
        }
        assertThat(StampTimeFormat.PTP.encode(SENT)).isEqualTo(0x6b04b760_1dcd6500L);
    }

    @Test
    void secondsThatWrapAreThoseNearby() {
        Instant before = Instant.parse("2036-02-07T06:28:15.5Z"); // NTP's era 0 ends half a second later
        Instant after = Instant.parse("2036-02-07T06:28:16.5Z");

        long decoded = StampTimeFormat.NTP.decode(StampTimeFormat.NTP.encode(after), StampClock.nanos(before));

        assertThat(StampTimeFormat.NTP.encode(after) >>> 32).isZero();
        assertThat(decoded).isEqualTo(StampClock.nanos(after));
    }

    @Test
    void anErrorEstimateIsNeverBelowTheBound() {
        for (long nanos = 1; nanos < 3_600_000_000_000L; nanos = nanos * 3 + 1) {
            ErrorEstimate estimate = ErrorEstimate.of(true, StampTimeFormat.PTP, nanos);

            assertThat(estimate.seconds() * 1e9).isBetween((double) nanos, nanos * 1.02 + 1);
            assertThat(ErrorEstimate.decode(estimate.encode())).isEqualTo(estimate);
        }
    }

    @Test
    void everyErrorEstimateThatComesIsRead() {
        for (int field = 0; field <= 0xffff; field++) {
            assertThat(ErrorEstimate.decode(field).encode()).isEqualTo(field);
        }
    }

    private static StampKey key() {
        var key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return StampKey.of(key);
    }

    private static String written(Record packet, StampLayout layout, @Nullable StampKey key) {
        ByteBuffer buffer = ByteBuffer.allocate(layout.bytes());
        if (packet instanceof StampAnswer answer) {
            answer.write(buffer, layout);
        } else {
            ((StampRequest) packet).write(buffer, layout);
        }
        if (key != null) {
            key.sign(buffer);
        }
        return HexFormat.of().formatHex(buffer.array());
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
