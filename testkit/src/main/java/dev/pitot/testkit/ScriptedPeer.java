package dev.pitot.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// A TCP peer on the loopback address that does what its script says, well-behaved or not.
/// Write the script, let it play while the code under test talks to it, then take what arrived.
/// Each connection is played on a thread of its own; any thread may ask. Closing ends all
/// connections.
///
/// ```java
/// try (var server = ScriptedPeer.server(Script.start().take(37).reset())) {
///     Outcome outcome = Iperf.client("127.0.0.1").port(server.port()).run();
///
///     assertThat(server.take()).hasSize(37);
///     assertThat(outcome.ending()).isInstanceOf(Ending.PeerGone.class);
/// }
/// ```
public final class ScriptedPeer implements AutoCloseable {
    private final int port;
    private final Door door;
    private final List<Performance> performances;

    private ScriptedPeer(int port, Door door, List<Performance> performances) {
        this.port = port;
        this.door = door;
        this.performances = List.copyOf(performances);
    }

    /// A peer that listens; the first connection that comes plays the first script, and so on.
    /// Later ones are left waiting.
    public static ScriptedPeer server(Script... connections) throws IOException {
        var listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        List<Performance> performances = new ArrayList<>();
        for (Script script : connections) {
            performances.add(new Performance(script));
        }
        Thread.ofVirtual().name("scripted-acceptor").start(() -> accept(listener, performances));
        return new ScriptedPeer(listener.getLocalPort(), listener::close, performances);
    }

    /// A peer that connects to a server on this machine.
    public static ScriptedPeer client(int port, Script script) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var performance = new Performance(script);
        performance.begin(socket);
        return new ScriptedPeer(socket.getLocalPort(), () -> {}, List.of(performance));
    }

    /// Where it listens, or where it connected from.
    public int port() {
        return port;
    }

    /// What the next receiving step of the first connection got; waits for it.
    ///
    /// @throws AssertionError if the script ends or fails before that, or nothing comes for 10 s
    public byte[] take() throws InterruptedException {
        return take(0);
    }

    /// What the next receiving step of a connection got; waits for it.
    ///
    /// @param connection from 0, in the order of the scripts
    /// @throws AssertionError if the script ends or fails before that, or nothing comes for 10 s
    public byte[] take(int connection) throws InterruptedException {
        return performances.get(connection).take();
    }

    /// Waits until all scripts have been played to their end.
    ///
    /// @throws AssertionError if one failed, or is not over after 10 s
    public void awaitPlayed() throws InterruptedException {
        for (Performance performance : performances) {
            performance.awaitEnd();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Performance performance : performances) {
            performance.close();
        }
    }

    private static void accept(ServerSocket listener, List<Performance> performances) {
        try {
            for (Performance performance : performances) {
                performance.begin(listener.accept());
            }
        } catch (IOException _) { // the peer was closed before all connections came
        }
    }

    /// What must be shut so that nobody comes in any more.
    @FunctionalInterface
    private interface Door {
        void close() throws IOException;
    }
}
