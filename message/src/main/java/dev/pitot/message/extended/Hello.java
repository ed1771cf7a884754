package dev.pitot.message.extended;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A client's hello: what it wants, and the proof that it gets what is sent to its address.
///
/// @param version of the protocol, 0..255
/// @param token what ties it to the challenge before
/// @param clientId by which the client wants to be addressed
/// @param protection 0 none, 1 DTLS
/// @param parameters what the client takes
public record Hello(int version, HandshakeToken token, int clientId, int protection, TransportParameters parameters) {
    private static final int NONCE_AT = 10;
    private static final int COOKIE_AT = 12;
    private static final int VERSION_AT = 20;
    private static final int PROTECTION_AT = 21;
    private static final int CLIENT_ID_AT = 22;
    private static final int LARGEST_MESSAGE_AT = 26;
    private static final int CREDIT_AT = 30;

    /// True if the client speaks this version of the protocol.
    public boolean isOfThisVersion() {
        return version == PacketHeader.VERSION;
    }

    /// True if everything behind it is inside DTLS.
    public boolean isProtected() {
        return protection == 1;
    }

    /// The token that ties a hello to the challenge before.
    ///
    /// @param nonce the client's, 1..65535
    /// @param cookie the server's: a secret between the two
    public record HandshakeToken(int nonce, long cookie) {
        @Override
        public String toString() {
            return "HandshakeToken[nonce=" + nonce + "]";
        }
    }

    /// Limits of what one end takes of the other.
    ///
    /// @param largestMessage in bytes, unsigned
    /// @param credit how many bytes of messages may come at first
    /// @param largestDatagram in bytes, 1200..1400
    public record TransportParameters(long largestMessage, long credit, int largestDatagram) {
        /// True if a longest message can be sent at all.
        boolean makesSense() {
            return largestMessage >= 1 && credit >= largestMessage + ExtendedSettings.MESSAGE_COST;
        }
    }

    static @Nullable Hello parse(ByteBuffer datagram, CRC32C crc) {
        int size = datagram.remaining();
        if (size < PacketHeader.MIN_SIZE || size > PacketHeader.MAX_SIZE) {
            return null;
        }
        int at = datagram.position();
        boolean isHello = PacketHeader.isMarked(datagram)
                && PacketHeader.kind(datagram) == PacketHeader.HELLO
                && datagram.getInt(at) == 0
                && PacketHeader.isIntact(datagram, crc);
        if (!isHello) {
            return null;
        }
        HandshakeToken token = new HandshakeToken(
                PacketHeader.unsignedShort(datagram, at + NONCE_AT), datagram.getLong(at + COOKIE_AT));
        int clientId = datagram.getInt(at + CLIENT_ID_AT);
        TransportParameters parameters = new TransportParameters(
                PacketHeader.unsignedInt(datagram, at + LARGEST_MESSAGE_AT), datagram.getLong(at + CREDIT_AT), size);
        Hello hello = new Hello(
                PacketHeader.unsigned(datagram, at + VERSION_AT),
                token,
                clientId,
                PacketHeader.unsigned(datagram, at + PROTECTION_AT),
                parameters);
        return hello.makesSense() ? hello : null;
    }

    /// Of another version, the version is all that is known to make sense.
    private boolean makesSense() {
        return token.nonce != 0 && clientId != 0 && (version != PacketHeader.VERSION || parameters.makesSense());
    }

    /// Writes the whole datagram from 0 and leaves the buffer ready to be read.
    void write(ByteBuffer into, CRC32C crc) {
        into.clear();
        PacketHeader.begin(into, 0, PacketHeader.HELLO);
        into.putShort((short) token.nonce)
                .putLong(token.cookie)
                .put((byte) version)
                .put((byte) protection)
                .putInt(clientId)
                .putInt((int) parameters.largestMessage)
                .putLong(parameters.credit);
        while (into.position() < parameters.largestDatagram) {
            into.put((byte) 0);
        }
        into.flip();
        PacketHeader.seal(into, crc);
    }
}
