package dev.pitot.message.extended;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A client's hello: what it wants, and the proof that it gets what is sent to its address.
///
/// @param version of the protocol, 0..255
/// @param ticket what ties it to the challenge before
/// @param clientId by which the client wants to be addressed
/// @param protection 0 none, 1 DTLS
/// @param offer what the client takes
public record Hello(int version, Ticket ticket, int clientId, int protection, Offer offer) {
    private static final int NONCE_AT = 10;
    private static final int COOKIE_AT = 12;
    private static final int VERSION_AT = 20;
    private static final int PROTECTION_AT = 21;
    private static final int CLIENT_ID_AT = 22;
    private static final int LARGEST_MESSAGE_AT = 26;
    private static final int CREDIT_AT = 30;

    /// Whether the client speaks this version of the protocol.
    public boolean isOfThisVersion() {
        return version == Datagrams.VERSION;
    }

    /// Whether everything behind it is inside DTLS.
    public boolean isProtected() {
        return protection == 1;
    }

    /// What ties a hello to the challenge before.
    ///
    /// @param nonce the client's, 1..65535
    /// @param cookie the server's: a secret between the two
    public record Ticket(int nonce, long cookie) {
        @Override
        public String toString() {
            return "Ticket[nonce=" + nonce + "]";
        }
    }

    /// What one end takes of the other.
    ///
    /// @param largestMessage in bytes, unsigned
    /// @param credit how many bytes of messages may come at first
    /// @param largestDatagram in bytes, 1200..1400
    public record Offer(long largestMessage, long credit, int largestDatagram) {
        /// Whether a longest message can be sent at all.
        boolean makesSense() {
            return largestMessage >= 1 && credit >= largestMessage + ExtendedSettings.MESSAGE_COST;
        }
    }

    static @Nullable Hello parse(ByteBuffer datagram, CRC32C crc) {
        int size = datagram.remaining();
        if (size < Datagrams.MIN_SIZE || size > Datagrams.MAX_SIZE) {
            return null;
        }
        int at = datagram.position();
        boolean isHello = Datagrams.isMarked(datagram)
                && Datagrams.kind(datagram) == Datagrams.HELLO
                && datagram.getInt(at) == 0
                && Datagrams.isIntact(datagram, crc);
        if (!isHello) {
            return null;
        }
        Ticket ticket = new Ticket(Datagrams.unsignedShort(datagram, at + NONCE_AT), datagram.getLong(at + COOKIE_AT));
        int clientId = datagram.getInt(at + CLIENT_ID_AT);
        Offer offer = new Offer(
                Datagrams.unsignedInt(datagram, at + LARGEST_MESSAGE_AT), datagram.getLong(at + CREDIT_AT), size);
        Hello hello = new Hello(
                Datagrams.unsigned(datagram, at + VERSION_AT),
                ticket,
                clientId,
                Datagrams.unsigned(datagram, at + PROTECTION_AT),
                offer);
        return hello.makesSense() ? hello : null;
    }

    /// Of another version, the version is all that is known to make sense.
    private boolean makesSense() {
        return ticket.nonce != 0 && clientId != 0 && (version != Datagrams.VERSION || offer.makesSense());
    }

    /// Writes the whole datagram from 0 and leaves the buffer ready to be read.
    void write(ByteBuffer into, CRC32C crc) {
        into.clear();
        Datagrams.begin(into, 0, Datagrams.HELLO);
        into.putShort((short) ticket.nonce)
                .putLong(ticket.cookie)
                .put((byte) version)
                .put((byte) protection)
                .putInt(clientId)
                .putInt((int) offer.largestMessage)
                .putLong(offer.credit);
        while (into.position() < offer.largestDatagram) {
            into.put((byte) 0);
        }
        into.flip();
        Datagrams.seal(into, crc);
    }
}
