package dev.pitot.examples;

import dev.pitot.message.MessageClient;
import dev.pitot.message.MessageClientListener;
import dev.pitot.message.MessageServer;
import dev.pitot.message.MessageServerListener;
import dev.pitot.message.MessageTypes;
import dev.pitot.message.Peer;
import dev.pitot.message.ReceivedMessage;
import dev.pitot.message.channel.Channel;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A server that relays each chat message to every client, and a client that talks to it, both driven
/// by one loop, as in a game. Chat messages are reliable; positions may be lost, since the next one is
/// newer.
public final class MessageChat {
    private static final int TURNS = 5000; // of a millisecond

    private final PrintStream out;
    private int heard;

    /// A chat message.
    record Said(String who, String text) {}

    /// A player's position.
    record Position(double x, double y) {}

    private static final MessageTypes TYPES = MessageTypes.builder(MethodHandles.lookup())
            .add(20, Said.class)
            .add(21, Position.class)
            .build();

    private MessageChat(PrintStream out) {
        this.out = out;
    }

    /// Runs the program.
    public static void main(String[] args) throws IOException {
        run(System.out);
    }

    static void run(PrintStream out) throws IOException {
        new MessageChat(out).chat();
    }

    private void chat() throws IOException {
        var room = new Room();
        try (var server = MessageServer.builder(TYPES).listener(room).build();
                var client = MessageClient.builder(TYPES).listener(new Talker()).build()) {
            room.server = server;
            server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client.connect(server.localAddress());
            boolean hasSpoken = false;
            for (int turn = 0; turn < TURNS && heard < 2; turn++) {
                server.update();
                client.update();
                if (client.isConnected() && !hasSpoken) {
                    client.sendReliable(new Said("Ann", "hello"));
                    client.send(new Position(1.5, -2), Channel.UNRELIABLE);
                    hasSpoken = true;
                }
                client.await(Duration.ofMillis(1));
            }
        }
    }

    /// The server's side.
    private static final class Room implements MessageServerListener {
        private @Nullable MessageServer server;

        @Override
        public void message(Peer peer, ReceivedMessage message) {
            MessageServer all = server;
            if (all != null) {
                all.broadcast(message.payload(), message.channel());
            }
        }
    }

    /// The client's side.
    private final class Talker implements MessageClientListener {
        @Override
        public void message(ReceivedMessage message) {
            heard++;
            switch (message.message()) {
                case Said(String who, String text) -> out.println(who + ": " + text);
                case Position(double x, double y) -> out.println("Ann is at " + x + ", " + y);
                case null, default -> out.println("unknown message");
            }
        }
    }
}
