package dev.pitot.message.link;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.model.text.ErrorText;
import java.net.InetSocketAddress;

/// Addresses and reasons as people read them in the sentences of errors.
public final class ReasonText {
    private ReasonText() {}

    /// Returns `host:port` or `[address]:port`, with the host as the user gave it.
    public static String of(InetSocketAddress address) {
        return ErrorText.of(address.getHostString(), address.getPort());
    }

    /// Returns what a reason says; if it has no words of its own, those of its cause.
    public static String of(CloseReason reason) {
        if (!reason.text().isEmpty()) {
            return reason.text();
        }
        return switch (reason.cause()) {
            case LOCAL -> "this end closed it";
            case REMOTE -> "the peer closed it";
            case TIMEOUT -> "nothing came from it for too long";
            case REJECTED -> "the server refused it";
            case FULL -> "the server has as many clients as it takes";
            case VERSION -> "the ends speak different versions of the protocol";
            case PROTOCOL -> "the peer broke the protocol";
            case UNTRUSTED -> "one end could not prove to the other who it is";
            case SOCKET -> "the socket failed";
            case RESET -> "the server has restarted, or ended the connection";
        };
    }
}
