package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is no packet, or nearly one, hurts nobody.
@Timeout(1800)
class ExtendedFuzzTest {
    /// A million in each build; more by `-Dpitot.fuzz.datagrams` (docs/messages.md, "Fuzzing").
    private static final int DATAGRAMS = Integer.getInteger("pitot.fuzz.datagrams", 1_000_000);
    private static final int SAMPLES = 400;

    private final Random random = new Random(Long.getLong("pitot.fuzz.seed", 99));
    private final CRC32C crc = new CRC32C();

    private static final AddressValidation.PathToken TOKEN = new AddressValidation.PathToken(4711, 4712);

    @Test
    void aMillionRandomOrChangedDatagramsLeaveAConnectionAlone() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).connect();
        List<byte[]> samples = samples(pair);
        long malformed = pair.server().metrics().errors().malformed();
        long messages = pair.serverSaw.messages.size();

        for (int i = 0; i < DATAGRAMS; i++) {
            byte[] datagram = i % 2 == 0 ? noise() : changed(samples);
            pair.server().receive(ByteBuffer.wrap(datagram), pair.now);
            if (i % 50_000 == 0) {
                pair.run(100);
            }
        }

        pair.run(1_000);
        pair.assertAlive();
        assertThat(pair.serverSaw.messages).hasSize((int) messages);
        assertThat(pair.server().metrics().errors().malformed() - malformed).isEqualTo(DATAGRAMS);
        pair.client.send(ByteBuffer.allocate(5), Channel.RELIABLE, pair.now);
        pair.run(100);
        assertThat(pair.serverSaw.messages).hasSize((int) messages + 1);
    }

    /// A peer that knows the connection, and seals its nonsense: it may be closed on, no more.
    @Test
    void changedPacketsWithARightChecksumDoNothingButClose() {
        int closed = 0;
        for (int round = 0; round < 500; round++) {
            Pair pair = new Pair(PathConditions.CLEAR, round).connect();
            List<byte[]> samples = samples(pair);
            for (int i = 0; i < 500 && pair.serverSaw.closed == null; i++) {
                ByteBuffer packet = ByteBuffer.wrap(changed(samples));
                if (packet.remaining() > Frames.PACKET_HEADER) {
                    packet.putInt(0, ByteBuffer.wrap(samples.getFirst()).getInt(0));
                    packet.put(4, (byte) PacketHeader.MARK).put(5, (byte) PacketHeader.PACKET);
                    packet.putInt(10, 100_000 + i);
                    PacketHeader.seal(packet, crc);
                }
                assertThat(pair.server().hasMoved(packet.duplicate(), TOKEN, _ -> true, pair.now + 2_000_000_000L))
                        .isFalse();
                pair.server().receive(packet, pair.now);
                pair.server().flush(_ -> true, pair.now);
            }
            if (pair.serverSaw.closed == null) {
                pair.run(20_000);
            }
            closed += pair.serverSaw.cause() == CloseReason.Cause.PROTOCOL ? 1 : 0;
        }

        assertThat(closed).isGreaterThan(250);
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 40 : 1400)];
        random.nextBytes(bytes);
        if (bytes.length > 5 && random.nextBoolean()) {
            bytes[4] = (byte) PacketHeader.MARK;
            bytes[5] = (byte) (0xE0 | random.nextInt(16));
        }
        return bytes;
    }

    private byte[] changed(List<byte[]> samples) {
        byte[] sample = samples.get(random.nextInt(samples.size()));
        int length = random.nextInt(4) == 0 ? 1 + random.nextInt(sample.length - 1) : sample.length;
        byte[] bytes = new byte[length];
        System.arraycopy(sample, 0, bytes, 0, length);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(length)] += (byte) (1 + random.nextInt(254));
        }
        if (Arrays.equals(bytes, sample)) { // one change took another back
            bytes[0]++;
        }
        return bytes;
    }

    /// Packets as the client sends them, which the server gets too.
    private static List<byte[]> samples(Pair pair) {
        List<byte[]> samples = new ArrayList<>();
        for (int i = 0; samples.size() < SAMPLES / 10 && i < SAMPLES; i++) {
            Channel channel = SendChannel.channel(i * 65 % 256);
            pair.client.send(ByteBuffer.allocate(1 + i * 97 % 4000), channel, pair.now);
            pair.server().send(ByteBuffer.allocate(20), channel, pair.now);
            pair.now += 1_000_000;
            pair.client.flush(
                    datagram -> {
                        byte[] bytes = new byte[datagram.remaining()];
                        datagram.get(bytes);
                        samples.add(bytes);
                        pair.server().receive(ByteBuffer.wrap(bytes), pair.now);
                        return true;
                    },
                    pair.now);
            pair.server()
                    .flush(
                            datagram -> {
                                pair.client.receive(datagram, pair.now);
                                return true;
                            },
                            pair.now);
        }
        return samples;
    }
}
