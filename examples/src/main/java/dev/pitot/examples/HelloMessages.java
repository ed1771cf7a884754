package dev.pitot.examples;

import dev.pitot.message.MessageClient;
import dev.pitot.message.MessageServer;
import dev.pitot.message.MessageTypes;
import dev.pitot.message.channel.Channel;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;

/// The shortest server and client of messages: the server prints what it gets.
public final class HelloMessages {
    /// A message.
    record Chat(String who, String text) {}

    private HelloMessages() {}

    /// Runs the program.
    public static void main(String[] args) throws IOException {
        run(System.out);
    }

    static void run(PrintStream out) throws IOException {
        var types =
                MessageTypes.builder(MethodHandles.lookup()).add(20, Chat.class).build();
        try (var server = MessageServer.builder(types)
                        .onMessage((peer, message) -> out.println(message.message()))
                        .start(0);
                var client = MessageClient.builder(types)
                        .start("127.0.0.1", server.localAddress().getPort())) {
            client.connected().join();
            client.sendConfirmed(new Chat("Ann", "hello"), Channel.RELIABLE).join();
        }
    }
}
