package dev.pitot.examples;

import dev.pitot.message.EndpointOptions;
import dev.pitot.message.MessageClient;
import dev.pitot.message.MessageServer;
import dev.pitot.message.MessageTypes;
import dev.pitot.message.Protection;
import dev.pitot.message.ProtocolOptions;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.dtls.Fingerprint;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// Messages that nobody else reads or forges (DTLS): the client knows the server by its key, and the server
/// lets in only the client whose key it knows.
public final class SecureMessages {
    private static final MessageTypes TYPES =
            MessageTypes.builder(MethodHandles.lookup()).add(20, Order.class).build();

    /// A message.
    record Order(String item, int count) {}

    private SecureMessages() {}

    /// Runs the program.
    public static void main(String[] args) throws IOException {
        run(System.out);
    }

    static void run(PrintStream out) throws IOException {
        Identity warehouse = Identity.selfSigned("warehouse.example", InstantSource.system());
        Identity shop = Identity.selfSigned("shop.example", InstantSource.system());
        Identity other = Identity.selfSigned("other.example", InstantSource.system());
        try (var server = MessageServer.builder(TYPES)
                .options(secure(warehouse, shop.fingerprint()))
                .onMessage((peer, message) -> {
                    boolean known = Objects.equals(peer.details().key(), shop.fingerprint());
                    out.println((known ? "the shop: " : "?") + message.message());
                })
                .start(0)) {
            int port = server.localAddress().getPort();
            send(port, secure(shop, warehouse.fingerprint()), out);
            send(port, secure(other, warehouse.fingerprint()), out);
        }
    }

    /// DTLS with an own key, and with the only key that the other end may have.
    private static EndpointOptions secure(Identity own, Fingerprint other) {
        var dtls = new Protection.Dtls(own, new Trust.Pins(Set.of(other)));
        return EndpointOptions.DEFAULT.withProtocol(ProtocolOptions.DEFAULT.withDtls(dtls));
    }

    private static void send(int port, EndpointOptions options, PrintStream out) throws IOException {
        try (var client = MessageClient.builder(TYPES).options(options).start("127.0.0.1", port)) {
            client.connected().join();
            client.sendConfirmed(new Order("bolts", 12), Channel.RELIABLE).join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            out.println(cause == null ? e : cause.getMessage());
        }
    }
}
