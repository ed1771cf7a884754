package dev.pitot.wire.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.wire.golden.GoldenSession;
import dev.pitot.wire.golden.GoldenSession.Datagram;
import dev.pitot.wire.json.ParametersJson;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramHeaderTest {
    private static final long SECOND = 1_000_000_000;
    private static final int TIME_BYTES = 8;

    static Stream<GoldenSession> sessions() {
        return GoldenSession.udp();
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void writesWhatIperfWrote(GoldenSession session) {
        boolean wide = isWide(session);
        for (Datagram datagram : data(session)) {
            ByteBuffer start = datagram.start();
            ByteBuffer written = ByteBuffer.allocate(DatagramHeader.bytes(wide));

            DatagramHeader.writeTrain(
                    written,
                    1,
                    datagram.bytes(),
                    DatagramHeader.sentNanos(start, 0),
                    DatagramHeader.sequence(start, 0, wide),
                    wide);

            assertThat(written).isEqualTo(start.slice(0, DatagramHeader.bytes(wide)));
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void readsWhatIperfCounted(GoldenSession session) {
        boolean wide = isWide(session);
        Collection<List<Datagram>> streams = data(session).stream()
                .collect(Collectors.groupingBy(Datagram::clientPort))
                .values();

        assertThat(streams).isNotEmpty().allSatisfy(stream -> {
            assertThat(stream)
                    .extracting(datagram -> DatagramHeader.sequence(datagram.start(), 0, wide))
                    .startsWith(1L)
                    .isSorted();
            assertThat(stream)
                    .extracting(datagram -> DatagramHeader.sentNanos(datagram.start(), 0))
                    .isSorted();
        });
    }

    private static boolean isWide(GoldenSession session) {
        return ParametersJson.read(session.parameters())
                .test()
                .streams()
                .datagrams()
                .wideCounters();
    }

    private static List<Datagram> data(GoldenSession session) {
        return session.datagrams().stream()
                .filter(datagram -> datagram.bytes() > Integer.BYTES)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, false, 00000000 00000000 00000001",
        "1999999999, 2, false, 00000001 000f423f 00000002",
        "1000999, 3, true, 00000000 000003e8 0000000000000003",
        "-1, 1, false, ffffffff 000f423f 00000001",
        "-1000000000, 1, false, ffffffff 00000000 00000001",
        "4294967296000000000, 1, false, 00000000 00000000 00000001",
        "4294967295999999999, 1, false, ffffffff 000f423f 00000001",
        "9223372036854775807, 1, false, 25c17d04 000d0af7 00000001",
        "-9223372036854775808, 1, false, da3e82fb 00023748 00000001",
        "0, 4294967295, false, 00000000 00000000 ffffffff",
        "0, 4294967297, false, 00000000 00000000 00000001",
        "0, 4294967297, true, 00000000 00000000 0000000100000001",
    })
    void hasIperfsForm(long nanos, long sequence, boolean wide, String hex) {
        ByteBuffer block = ByteBuffer.allocate(DatagramHeader.bytes(wide));

        DatagramHeader.writeTrain(block, 1, block.capacity(), nanos, sequence, wide);

        assertThat(HexFormat.of().formatHex(block.array())).isEqualTo(hex.replace(" ", ""));
    }

    @Test
    void differencesOfTimesSurvive() {
        for (long start : new long[] {0, 5 * SECOND, -5 * SECOND, Long.MAX_VALUE - 3 * SECOND}) {
            ByteBuffer block = ByteBuffer.allocateDirect(24);
            DatagramHeader.writeTrain(block, 1, 12, start, 1, false);
            DatagramHeader.writeTrain(block.slice(12, 12), 1, 12, start + 1_250_000_000, 2, false);

            assertThat(DatagramHeader.sentNanos(block, 12) - DatagramHeader.sentNanos(block, 0))
                    .isEqualTo(1_250_000_000);
        }
    }

    @Test
    void numbersHaveNoSignUnlessTheyAreWide() {
        ByteBuffer block = ByteBuffer.allocate(16).putLong(-1).putLong(-1);

        assertThat(DatagramHeader.sequence(block, 0, false)).isEqualTo(0xffff_ffffL);
        assertThat(DatagramHeader.sequence(block, 0, true)).isEqualTo(-1);
        assertThat(DatagramHeader.sentNanos(block, 0)).isEqualTo(4_294_967_295L * SECOND + 4_294_967_295_000L);
    }

    @Test
    void touchesNothingButTheHeader() {
        ByteBuffer block = ByteBuffer.allocate(40).position(7).limit(33);

        DatagramHeader.writeTrain(block, 2, 17, -1, -2, true);

        assertThat(block.position()).isEqualTo(7);
        assertThat(block.limit()).isEqualTo(33);
        assertThat(block.get(16)).isZero();
        assertThat(HexFormat.of().formatHex(block.array(), 33, 40)).isEqualTo("00".repeat(7));
        assertThat(DatagramHeader.sequence(block, 0, true)).isEqualTo(-2);
        assertThat(DatagramHeader.sequence(block, 17, true)).isEqualTo(-1);
        assertThat(DatagramHeader.trainLength(block, 0, 33, 17, true)).isEqualTo(2);
        assertThat(block.position()).isEqualTo(7);
    }

    @Test
    void aBufferThatIsTooShortIsRefused() {
        ByteBuffer block = ByteBuffer.allocate(15);

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> DatagramHeader.writeTrain(block, 1, 15, 0, 1, true));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> DatagramHeader.sequence(block, 4, false));
    }

    /// Trains of any length and number of datagrams, some of which are broken by one that has another number or, with
    /// all that follow, another time.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aTrainIsAsLongAsItsHeadersFollowEachOther(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            boolean wide = random.nextBoolean();
            int datagramBytes = DatagramHeader.bytes(wide) + random.nextInt(40);
            int count = 1 + random.nextInt(130);
            long first = random.nextInt(4) == 0 ? (1L << 32) - random.nextInt(130) : random.nextLong(1L << 40);
            ByteBuffer block = ByteBuffer.allocateDirect(count * datagramBytes);
            DatagramHeader.writeTrain(block, count, datagramBytes, random.nextLong(), first, wide);
            int broken = random.nextInt(2 * count);
            if (broken > 0 && broken < count) {
                int at = random.nextInt(DatagramHeader.bytes(wide));
                int lastBroken = at < TIME_BYTES ? count : broken + 1;
                int mask = 1 << random.nextInt(8);
                for (int i = broken; i < lastBroken; i++) {
                    int index = i * datagramBytes + at;
                    block.put(index, (byte) (block.get(index) ^ mask));
                }
            }
            int end = block.capacity() - random.nextInt(datagramBytes - DatagramHeader.bytes(wide) + 1);

            int length = DatagramHeader.trainLength(block, 0, end, datagramBytes, wide);

            assertThat(length).isEqualTo(broken > 0 && broken < count ? broken : count);
            assertThat(DatagramHeader.sequence(block, (length - 1) * datagramBytes, wide))
                    .isEqualTo(wide ? first + length - 1 : first + length - 1 & 0xffff_ffffL);
        }
    }

    /// As after a receiver's kernel joined what a paced sender sent one by one, also with several of each time.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangeOfTheTimeEndsATrainWhereverItIs(boolean wide) {
        int bytes = 20;
        int count = 12;
        for (int sentAtOnce = 1; sentAtOnce < count; sentAtOnce++) {
            ByteBuffer block = ByteBuffer.allocateDirect(count * bytes);
            for (int i = 0; i < count; i++) {
                DatagramHeader.writeTrain(
                        block.slice(i * bytes, bytes), 1, bytes, i / sentAtOnce * SECOND, 250 + i, wide);
            }
            for (int at = 0; at < count; at++) {
                int sameTime = Math.min(sentAtOnce - at % sentAtOnce, count - at);

                assertThat(DatagramHeader.trainLength(block, at * bytes, count * bytes, bytes, wide))
                        .isEqualTo(sameTime);
            }
        }
    }

    /// The clock of an honest sender does not go back; numbers that do not run on are found whatever the times say.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aGapInTheNumbersEndsATrainWhateverItsTimesAre(boolean wide) {
        int bytes = 16;
        for (long lastTime : new long[] {SECOND, 2 * SECOND}) {
            ByteBuffer block = ByteBuffer.allocateDirect(4 * bytes);
            DatagramHeader.writeTrain(block, 2, bytes, SECOND, 1, wide);
            DatagramHeader.writeTrain(block.slice(2 * bytes, bytes), 1, bytes, SECOND, 4, wide);
            DatagramHeader.writeTrain(block.slice(3 * bytes, bytes), 1, bytes, lastTime, 5, wide);

            assertThat(DatagramHeader.trainLength(block, 0, 4 * bytes, bytes, wide))
                    .isEqualTo(2);
        }
    }

    @Test
    void aHeaderThatIsCutOffDoesNotBelongToTheTrain() {
        ByteBuffer block = ByteBuffer.allocateDirect(3 * 20);
        DatagramHeader.writeTrain(block, 3, 20, 5, 1, false);

        assertThat(DatagramHeader.trainLength(block, 0, 2 * 20 + 12, 20, false)).isEqualTo(3);
        assertThat(DatagramHeader.trainLength(block, 0, 2 * 20 + 11, 20, false)).isEqualTo(2);
        assertThat(DatagramHeader.trainLength(block, 2 * 20, 3 * 20, 20, false)).isEqualTo(1);
    }
}
