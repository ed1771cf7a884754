package dev.pitot.message.dtls.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.dtls.Authority;
import dev.pitot.message.dtls.Identity;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostileRecordsTest {
    private final Identity identity = Authority.selfSigned();
    private final DtlsPair pair = new DtlsPair(DtlsPair.client(Authority.pin(identity)), DtlsPair.server(identity));

    @BeforeEach
    void open() {
        pair.open();
        pair.settle();
    }

    private byte[] recordOf(String message) {
        int before = pair.toServer.size();
        pair.client.send(DtlsPair.text(message), Channel.UNRELIABLE, pair.now());
        pair.client.flush(datagram -> pair.toServer.add(copy(datagram)), pair.now());
        assertThat(pair.toServer).hasSize(before + 1);
        return pair.toServer.getLast();
    }

    private static byte[] copy(ByteBuffer datagram) {
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(datagram.position(), copy);
        return copy;
    }

    private void giveServer(byte[] datagram) {
        pair.server().receive(ByteBuffer.wrap(datagram.clone()), pair.now()); // it is decrypted in place
    }

    private void assertStillOpen() {
        giveServer(recordOf("still here"));
        assertThat(pair.serverReceived.messages).last().isEqualTo("still here");
        assertThat(pair.serverReceived.ends).isZero();
    }

    @Test
    void aRecordThatWasChangedInAnyBitIsDropped() {
        byte[] record = recordOf("secret");
        for (int bit = 0; bit < record.length * 8; bit++) {
            byte[] changed = record.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            giveServer(changed);
        }

        assertThat(pair.serverReceived.messages).containsExactly("first");
        assertThat(pair.server().metrics().errors().malformed()).isEqualTo(record.length * 8L);
        giveServer(record);
        assertThat(pair.serverReceived.messages).containsExactly("first", "secret");
    }

    @Test
    void aRecordThatWasCutIsDropped() {
        byte[] record = recordOf("secret");
        for (int length = 0; length < record.length; length++) {
            giveServer(Arrays.copyOf(record, length));
        }

        assertThat(pair.serverReceived.messages).containsExactly("first");
        assertStillOpen();
    }

    @Test
    void aRecordThatComesAgainIsDropped() {
        byte[] record = recordOf("once");
        byte[] later = recordOf("later");
        giveServer(later);
        for (int i = 0; i < 100; i++) {
            giveServer(record);
        }
        giveServer(later);

        assertThat(pair.serverReceived.messages).containsExactly("first", "later", "once");
        assertThat(pair.server().metrics().errors().duplicates()).isEqualTo(100);
    }

    @Test
    void everyRecordOfTheConnectionSentAgainChangesNothing() {
        int messages = pair.serverReceived.messages.size();

        for (byte[] datagram : List.copyOf(pair.toServer)) {
            giveServer(datagram);
        }
        for (byte[] datagram : List.copyOf(pair.toClient)) {
            giveServer(datagram);
        }
        pair.settle();

        assertThat(pair.serverReceived.messages).hasSize(messages);
        assertStillOpen();
    }

    @Test
    void forgedAlertsAreDropped() {
        for (int epoch = 0; epoch < 3; epoch++) {
            for (int description = 0; description < 128; description++) {
                giveServer(new byte[] {
                    21, (byte) 0xFE, (byte) 0xFD, 0, (byte) epoch, 0, 0, 0, 0, 1, 0, 0, 2, 2, (byte) description
                });
            }
        }

        assertStillOpen();
    }

    @Test
    void plaintextIsDropped() {
        giveServer(new byte[] {1, 2, 3, 4, (byte) 0xF5, (byte) 0xEF, 'e', 'v', 'i', 'l'});
        giveServer(FakeInnerLink.HELLO);
        giveServer(FakeInnerLink.REFUSAL);
        pair.client.receive(ByteBuffer.wrap(FakeInnerLink.REFUSAL), pair.now());
        pair.client.receive(ByteBuffer.wrap(FakeInnerLink.CHALLENGE), pair.now());
        pair.client.receive(ByteBuffer.wrap(FakeInnerLink.WELCOME), pair.now());

        assertThat(pair.clientReceived.ends).isZero();
        assertThat(pair.client.metrics().errors().malformed()).isEqualTo(3);
        assertThat(pair.server().metrics().errors().malformed()).isEqualTo(3);
        assertThat(pair.serverReceived.messages).containsExactly("first");
        assertStillOpen();
    }

    @Test
    void aHundredThousandRandomDatagramsChangeNothing() {
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            byte[] datagram = new byte[random.nextInt(1_600)];
            random.nextBytes(datagram);
            if (i % 2 == 0 && datagram.length > DtlsRecords.HEADER) {
                dressAsRecord(datagram, random);
            }
            giveServer(datagram);
        }

        assertThat(pair.serverReceived.messages).containsExactly("first");
        assertThat(pair.server().metrics().errors().malformed()).isGreaterThan(99_000);
        assertStillOpen();
    }

    private static void dressAsRecord(byte[] datagram, Random random) {
        ByteBuffer.wrap(datagram)
                .put((byte) (20 + random.nextInt(4)))
                .putShort((short) 0xFEFD)
                .putShort((short) random.nextInt(3))
                .position(11)
                .putShort((short) (datagram.length - DtlsRecords.HEADER));
    }

    @Test
    void randomDatagramsAmidAHandshakeThrowNothingAndAreBounded() {
        var random = new Random(8);
        var fresh = new DtlsPair(DtlsPair.client(Authority.pin(identity)), DtlsPair.server(identity));
        fresh.runUntil(() -> fresh.toClient.size() == 1);
        for (int i = 0; i < 10_000; i++) {
            byte[] datagram = new byte[14 + random.nextInt(1_300)];
            random.nextBytes(datagram);
            dressAsRecord(datagram, random);
            fresh.server().receive(ByteBuffer.wrap(datagram), fresh.now());
        }
        fresh.server().flush(_ -> true, fresh.now());

        assertThat(fresh.serverReceived.end().text())
                .isEqualTo("the peer sent too much before the secure handshake was finished");
    }
}
