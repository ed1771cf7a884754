package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Packets from an address where the peer was not before, and answers to packets of no connection.
class PathMigrationTest {
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 4_000);

    private final Pair pair = new Pair(PathConditions.CLEAR, 1).connect();
    private final List<ByteBuffer> sentElsewhere = new ArrayList<>();

    @BeforeEach
    void settle() {
        pair.run(100);
    }

    private static ByteBuffer copy(ByteBuffer datagram) {
        return ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
    }

    /// What the client sends now, which does not arrive.
    private List<ByteBuffer> intercept() {
        List<ByteBuffer> sent = new ArrayList<>();
        pair.client.flush(datagram -> sent.add(copy(datagram)), pair.now);
        return sent;
    }

    private ByteBuffer interceptMessage() {
        pair.client.send(ByteBuffer.allocate(1), Channel.RELIABLE, pair.now);
        return intercept().getLast();
    }

    private boolean hasMoved(ByteBuffer datagram, InetSocketAddress from) {
        var token = pair.addressValidation.pathToken(pair.server().connectionId(), from, pair.now);
        return pair.server().hasMoved(datagram, token, sent -> sentElsewhere.add(copy(sent)), pair.now);
    }

    private ByteBuffer respondTo(ByteBuffer challenge) {
        pair.client.receive(challenge, pair.now);
        return intercept().getLast();
    }

    private ByteBuffer packet(int number, byte... frames) {
        ByteBuffer packet = ByteBuffer.allocate(PacketHeader.MAX_SIZE);
        PacketHeader.begin(packet, pair.server().connectionId(), PacketHeader.PACKET);
        packet.putInt(number).put(frames).flip();
        PacketHeader.seal(packet, new CRC32C());
        return packet;
    }

    @Test
    void theAnswerToTheChallengeProvesTheAddress() {
        pair.now += 1_000_000_000;
        ByteBuffer message = interceptMessage();

        assertThat(hasMoved(message, ELSEWHERE)).isFalse();
        assertThat(sentElsewhere).hasSize(1);
        assertThat(sentElsewhere.getFirst().remaining()).isEqualTo(23).isLessThan(3 * message.remaining());
        ByteBuffer response = respondTo(sentElsewhere.getFirst());
        assertThat(hasMoved(response, ELSEWHERE)).isTrue();

        assertThat(pair.serverSaw.messages).isEmpty(); // nothing of it acts before
        pair.server().receive(response, pair.now);
        pair.run(1_000);
        assertThat(pair.serverSaw.messages).hasSize(1);
        pair.assertAlive();
    }

    @Test
    void aPeerThatIsHeardWhereItWasIsNotMoved() {
        assertThat(hasMoved(interceptMessage(), ELSEWHERE)).isFalse();

        assertThat(sentElsewhere).isEmpty();
    }

    /// By somebody who has recorded it on its way to the server.
    @Test
    void aPacketThatHasComeBeforeMovesNothing() {
        ByteBuffer message = interceptMessage();
        ByteBuffer overtaken = interceptMessage();
        pair.server().receive(overtaken.duplicate(), pair.now);
        pair.now += 1_000_000_000;

        assertThat(hasMoved(overtaken, ELSEWHERE)).isFalse();
        assertThat(hasMoved(message, ELSEWHERE)).isFalse(); // it did not come, but a newer one has
        assertThat(sentElsewhere).isEmpty();
    }

    @Test
    void anAnswerCountsFromItsAddressOnlyAndNotForLong() {
        pair.now += 1_000_000_000;
        hasMoved(interceptMessage(), ELSEWHERE);
        ByteBuffer response = respondTo(sentElsewhere.getFirst());

        assertThat(hasMoved(response, new InetSocketAddress(ELSEWHERE.getAddress(), 4_001)))
                .isFalse();
        pair.now += 20_000_000_000L;
        assertThat(hasMoved(response, ELSEWHERE)).isFalse();
    }

    @Test
    void whoGuessesTokensGetsNoMoreThanThreeTimesWhatIsSent() {
        pair.now += 1_000_000_000;
        int got = 0;
        for (int i = 0; i < 1_000; i++) {
            ByteBuffer guess = packet(1_000 + i, (byte) Frames.PING);
            got += guess.remaining();
            assertThat(hasMoved(guess, ELSEWHERE)).isFalse();
        }

        assertThat(sentElsewhere.stream().mapToInt(ByteBuffer::remaining).sum()).isLessThanOrEqualTo(3 * got);
        pair.run(1_000);
        pair.assertAlive();
    }

    /// Else one forged packet would make all that really come count as old.
    @Test
    void aPacketNumberFarAheadIsRefusedAndCounted() {
        pair.server().receive(packet(1 << 30, (byte) Frames.PING), pair.now);
        pair.server().receive(packet(140_000, (byte) Frames.PING), pair.now);

        assertThat(pair.server().metrics().errors().malformed()).isEqualTo(2);
        pair.client.send(ByteBuffer.allocate(1), Channel.UNRELIABLE, pair.now);
        pair.run(10);
        assertThat(pair.serverSaw.messages).hasSize(1);
    }

    private ByteBuffer resetOf(ByteBuffer packet) {
        ByteBuffer reset = ByteBuffer.allocate(AddressValidation.MAX_ANSWER);
        assertThat(pair.addressValidation.reset(packet, reset)).isTrue();
        assertThat(reset.remaining()).isEqualTo(18);
        return reset;
    }

    @Test
    void aServerThatDoesNotKnowTheConnectionEndsItAtOnce() {
        pair.client.receive(resetOf(interceptMessage()), pair.now);

        assertThat(pair.clientSaw.cause()).isEqualTo(CloseReason.Cause.RESET);
        assertThat(pair.clientSaw.closed).extracting(CloseReason::undelivered).isEqualTo(1L);
        assertThat(pair.client.wakeAt()).isEqualTo(Long.MAX_VALUE);
    }

    /// Only what echoes a packet that is on its way ends the connection.
    @Test
    void aResetThatIsForgedOrOldEndsNothing() {
        ByteBuffer message = interceptMessage();
        ByteBuffer reset = resetOf(message);
        pair.server().receive(message, pair.now);
        pair.run(20); // it is confirmed
        pair.client.receive(reset, pair.now);
        for (int i = 0; i < 1_000; i++) {
            pair.client.receive(resetOf(packet(1_000 + i, (byte) Frames.PING)), pair.now);
        }
        pair.server().receive(resetOf(interceptMessage()), pair.now); // a server takes none

        pair.assertAlive();
        assertThat(pair.client.metrics().errors().malformed()).isEqualTo(1_001);
    }

    @Test
    void onlyAnIntactPacketIsAnsweredWithAReset() {
        ByteBuffer answer = ByteBuffer.allocate(AddressValidation.MAX_ANSWER);
        ByteBuffer broken = interceptMessage();
        broken.put(15, (byte) ~broken.get(15));
        ByteBuffer reset = resetOf(interceptMessage());

        assertThat(pair.addressValidation.reset(broken, answer)).isFalse();
        assertThat(pair.addressValidation.reset(reset, answer)).isFalse(); // or two would answer each other for ever
        assertThat(pair.addressValidation.reset(ByteBuffer.allocate(3), answer)).isFalse();
    }
}
