import dev.pitot.message.MessageClientListener;
import dev.pitot.message.ReceivedMessage;
import dev.pitot.message.MessageClient;
import dev.pitot.message.MessageServer;
import dev.pitot.message.MessageTypes;
import dev.pitot.message.Peer;
import dev.pitot.message.MessageServerListener;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Pitot's reliable messages over loopback, measured as bench/enet measures ENet's: two processes, both ends spin.
///
///     serve PORT
///     echo HOST PORT MESSAGES BYTES           round trips of reliable messages, one at a time
///     flood HOST PORT MESSAGES BYTES          reliable messages one way, as many as the connection takes
///
/// A tenth more than what was asked for is warm-up that is not in the figures. `bench/messages` runs both in turn.
public final class Messages {
    private static final byte ECHO = 30;
    private static final byte FLOOD = 31;
    private static final int BATCH = 512;

    private Messages() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "serve" -> serve(Integer.parseInt(args[1]));
            case "echo" -> echo(address(args), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
            case "flood" -> flood(address(args), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static InetSocketAddress address(String[] args) {
        return new InetSocketAddress(args[1], Integer.parseInt(args[2]));
    }

    private static void serve(int port) throws IOException {
        var over = new boolean[1];
        MessageServerListener listener = new MessageServerListener() {
            @Override
            public void message(Peer peer, ReceivedMessage message) {
                if (message.typeId() == ECHO) {
                    peer.send(message.payload(), Channel.RELIABLE);
                }
            }

            @Override
            public void disconnected(Peer peer, dev.pitot.message.channel.CloseReason reason) {
                over[0] = true;
            }
        };
        try (var server =
                MessageServer.builder(MessageTypes.of()).listener(listener).build()) {
            server.listen(port);
            while (!over[0]) {
                server.update();
            }
        }
    }

    private static MessageClient connected(InetSocketAddress server, MessageClientListener listener) throws IOException {
        var client = MessageClient.builder(MessageTypes.of()).listener(listener).build();
        client.connect(server);
        while (!client.isConnected()) {
            client.update();
            if (!client.state().isActive()) {
                throw new IOException("not connected: " + client.state());
            }
        }
        return client;
    }

    private static ByteBuffer payload(byte type, int bytes) {
        ByteBuffer payload = ByteBuffer.allocateDirect(bytes);
        payload.put(0, type);
        return payload;
    }

    private static void echo(InetSocketAddress server, int messages, int bytes) throws IOException {
        var answered = new boolean[1];
        MessageClientListener listener = new MessageClientListener() {
            @Override
            public void message(ReceivedMessage message) {
                answered[0] = true;
            }
        };
        int warmUp = Math.max(messages / 10, 20_000);
        var nanos = new long[messages];
        try (MessageClient client = connected(server, listener)) {
            ByteBuffer payload = payload(ECHO, bytes);
            for (int i = -warmUp; i < messages; i++) {
                answered[0] = false;
                long start = System.nanoTime();
                client.send(payload, Channel.RELIABLE);
                do {
                    client.update();
                } while (!answered[0]);
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - start;
                }
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "pitot echo bytes=%d messages=%d p50_ns=%d p90_ns=%d p99_ns=%d p999_ns=%d max_ns=%d%n",
                bytes,
                messages,
                nanos[messages / 2],
                nanos[(int) (messages * 0.9)],
                nanos[(int) (messages * 0.99)],
                nanos[(int) (messages * 0.999)],
                nanos[messages - 1]);
    }

    private static void flood(InetSocketAddress server, int messages, int bytes) throws IOException {
        try (MessageClient client = connected(server, new MessageClientListener() {})) {
            ByteBuffer payload = payload(FLOOD, bytes);
            send(client, payload, Math.max(messages / 10, 2_000_000));
            long start = System.nanoTime();
            send(client, payload, messages);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "pitot flood bytes=%d messages=%d seconds=%.3f messages_per_second=%.0f%n",
                    bytes, messages, seconds, messages / seconds);
        }
    }

    /// Sends, and waits until all are confirmed.
    private static void send(MessageClient client, ByteBuffer payload, int messages) {
        int sent = 0;
        while (sent < messages) {
            int batch = Math.min(BATCH, messages - sent);
            while (batch > 0 && client.send(payload, Channel.RELIABLE)) {
                batch--;
                sent++;
            }
            client.update();
        }
        Metrics.Waiting waiting = client.metrics().waiting();
        while (waiting.pendingAcks() > 0 || waiting.outBytes() > 0) {
            client.update();
            waiting = client.metrics().waiting();
        }
    }
}
