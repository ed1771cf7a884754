package dev.pitot.message.extended;

import dev.pitot.message.link.DatagramSender;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// Finds out whether the peer sends from another address now, as behind a router that assigns another port
/// (RFC 9000, 9). A packet from elsewhere counts only if it is newer than all that came, so one that somebody
/// has recorded and repeats does not; and only if the peer is not heard any more where it was. Nothing of it acts
/// before the other address is validated; until then
/// nothing goes there but a PATH_CHALLENGE for each such packet.
final class PathMigration {
    private final PacketReader reader;
    private final PacketWriter writer;
    private final LossDetection lossDetection;
    private final CRC32C crc;

    PathMigration(PacketReader reader, PacketWriter writer, LossDetection lossDetection, CRC32C crc) {
        this.reader = reader;
        this.writer = writer;
        this.lossDetection = lossDetection;
        this.crc = crc;
    }

    /// True if a packet carries the token for the address that it comes from, and so may act.
    boolean hasMoved(
            ByteBuffer datagram,
            AddressValidation.PathToken token,
            DatagramSender there,
            long now,
            long lastReceivedAt) {
        datagram.order(ByteOrder.BIG_ENDIAN);
        if (now - lastReceivedAt < lossDetection.roundTrip().silence()
                || AddressValidation.connectionIdOf(datagram) == 0
                || !PacketHeader.isIntact(datagram, crc)
                || reader.inspect(datagram) != PacketReader.Outcome.VALID
                || !reader.isNewest(datagram)) {
            return false;
        }
        Long response = reader.findPathResponse(datagram);
        if (response != null && token.matches(response)) {
            lossDetection.onMoved(reader.largestDatagram());
            return true;
        }
        writer.transmitPathChallenge(token.current(), there, now);
        return false;
    }
}
