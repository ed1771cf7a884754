package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.legume.Recordings.Header;
import dev.pitot.message.legume.Recordings.Recorded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GoldenDatagramsTest {
    @Test
    void everyRecordedDatagramIsReadWithTheHeadersThatItHas() throws IOException {
        List<Recorded> all = Recordings.all();

        assertThat(all).hasSize(110);
        for (Recorded recorded : all) {
            assertThat(headers(recorded)).isEqualTo(recorded.messages()).isNotEmpty();
        }
    }

    @Test
    void everyRecordedDatagramIsPackedAgainByteForByte() throws IOException {
        for (Recorded recorded : Recordings.all()) {
            assertThat(rebuilt(recorded)).containsExactly(recorded.bytes());
        }
    }

    @Test
    void everyRecordedDatagramWithAnotherByteBehindOrOneLessIsMalformed() throws IOException {
        for (Recorded recorded : Recordings.all()) {
            var reader = new DatagramReader(recorded.bodyLengths());
            byte[] bytes = recorded.bytes();

            assertThat(reader.begin(ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 1))))
                    .isFalse();
            assertThat(reader.begin(ByteBuffer.wrap(bytes, 0, bytes.length - 1)))
                    .isFalse();
        }
    }

    private static List<Header> headers(Recorded recorded) {
        var reader = new DatagramReader(recorded.bodyLengths());
        var headers = new ArrayList<Header>();
        assertThat(reader.begin(ByteBuffer.wrap(recorded.bytes()))).isTrue();
        while (reader.next()) {
            headers.add(new Header(reader.id(), reader.sequence(), reader.flags(), reader.type()));
        }
        return headers;
    }

    private static byte[] rebuilt(Recorded recorded) {
        var reader = new DatagramReader(recorded.bodyLengths());
        var packer = new DatagramPacker(new LinkCounters(), new LegumeServerHandshake(null));
        assertThat(reader.begin(ByteBuffer.wrap(recorded.bytes()))).isTrue();
        packer.begin();
        while (reader.next()) {
            switch (reader.type()) {
                case SystemMessage.ACK -> packer.ack(reader.id(), reader.ackedId());
                case SystemMessage.PING,
                        SystemMessage.PONG,
                        SystemMessage.KEEP_ALIVE_REQUEST,
                        SystemMessage.KEEP_ALIVE_RESPONSE ->
                    packer.withId(reader.id(), reader.type(), reader.idInBody());
                case SystemMessage.DISCONNECTED -> packer.bare(reader.id(), reader.type());
                default ->
                    packer.prefix(reader.id(), reader.sequence(), reader.flags())
                            .put(reader.payload().duplicate());
            }
        }
        ByteBuffer packed = packer.finish();
        byte[] bytes = new byte[packed.remaining()];
        packed.get(bytes);
        return bytes;
    }
}
