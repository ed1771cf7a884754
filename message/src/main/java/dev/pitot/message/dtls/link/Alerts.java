package dev.pitot.message.dtls.link;

/// Meanings of a peer's alert (RFC 5246, 7.2), in a sentence. It travels in the clear during a
/// handshake, so it may be anybody's.
final class Alerts {
    static final int CLOSE_NOTIFY = 0;

    private Alerts() {}

    static String sentence(int description) {
        return switch (description) {
            case CLOSE_NOTIFY, 90 -> "the peer gave up the secure handshake";
            case 40, 71 ->
                "the peer and this end have no common way to encrypt, or a certificate is missing that"
                        + " the peer wants; give this end an identity";
            case 41, 42, 43, 44, 46 ->
                "the peer does not trust this end's certificate, or misses one (alert " + description
                        + "); it says on its side why";
            case 45 -> "the peer says that this end's certificate has expired; it must be renewed";
            case 48 -> "the peer does not know the authority of this end's certificate; add it there";
            case 51 -> "the peer says that this end's signature is wrong; something on the way has changed it";
            case 70 -> "the peer does not speak DTLS 1.2";
            default -> "the peer refused the secure handshake (alert " + description + ")";
        };
    }
}
