package dev.pitot.message.dtls.link;

/// Meanings of a peer's alert (RFC 5246, 7.2), in a sentence. It travels in the clear during a
/// handshake, so it may be anybody's.
final class Alerts {
    static final int CLOSE_NOTIFY = 0;

    private Alerts() {}

    /// @param hasIdentity whether this end has a certificate to show
    static String sentence(int description, boolean hasIdentity) {
        return switch (description) {
            case CLOSE_NOTIFY, 90 -> "the peer gave up the secure handshake";
            case 40, 71 ->
                hasIdentity
                        ? "the peer and this end have no common way to encrypt"
                        : "the peer wants a certificate, and this end has none: give it one; or the two have no"
                                + " common way to encrypt";
            case 41, 42, 43, 44, 46 ->
                hasIdentity
                        ? "the peer does not trust this end's certificate (alert " + description
                                + "); it says on its side why"
                        : "the peer wants a certificate, and this end has none: give it one";
            case 45 -> "the peer says that this end's certificate has expired; it must be renewed";
            case 48 -> "the peer does not know the authority of this end's certificate; add it there";
            case 51 -> "the peer says that this end's signature is wrong; something on the way has changed it";
            case 70 -> "the peer does not speak DTLS 1.2";
            default -> "the peer refused the secure handshake (alert " + description + ")";
        };
    }
}
