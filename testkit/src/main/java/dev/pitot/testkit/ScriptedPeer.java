package dev.pitot.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// TCP peer on the loopback address that follows a script, valid or not. Write the script, let it
/// play while the code under test talks to it, then take the data received. Each connection is
/// played on its own thread; all methods are thread-safe. Closing ends all connections.
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
    private final ListeningSocket listening;
    private final List<ScriptRun> runs;

    private ScriptedPeer(int port, ListeningSocket listening, List<ScriptRun> runs) {
        this.port = port;
        this.listening = listening;
        this.runs = List.copyOf(runs);
    }

    /// Starts a listening peer; the first connection plays the first script, and so on. Further
    /// connections are not accepted.
    public static ScriptedPeer server(Script... connections) throws IOException {
        var listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        List<ScriptRun> runs = new ArrayList<>();
        for (Script script : connections) {
            runs.add(new ScriptRun(script));
        }
        Thread.ofVirtual().name("scripted-acceptor").start(() -> accept(listener, runs));
        return new ScriptedPeer(listener.getLocalPort(), listener::close, runs);
    }

    /// Starts a peer that connects to a server on this machine.
    public static ScriptedPeer client(int port, Script script) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var run = new ScriptRun(script);
        run.begin(socket);
        return new ScriptedPeer(socket.getLocalPort(), () -> {}, List.of(run));
    }

    /// Port that it listens on, or its local port as a client.
    public int port() {
        return port;
    }

    /// Waits for the next receiving step of the first connection and returns its data.
    ///
    /// @throws AssertionError if the script ends or fails before that, or nothing comes for 10 s
    public byte[] take() throws InterruptedException {
        return take(0);
    }

    /// Waits for the next receiving step of a connection and returns its data.
    ///
    /// @param connection index from 0, in the order of the scripts
    /// @throws AssertionError if the script ends or fails before that, or nothing comes for 10 s
    public byte[] take(int connection) throws InterruptedException {
        return runs.get(connection).take();
    }

    /// Waits until all scripts have been played to their end.
    ///
    /// @throws AssertionError if one failed, or is not over after 10 s
    public void awaitPlayed() throws InterruptedException {
        for (ScriptRun run : runs) {
            run.awaitEnd();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (ScriptRun run : runs) {
            run.close();
        }
    }

    private static void accept(ServerSocket listener, List<ScriptRun> runs) {
        try {
            for (ScriptRun run : runs) {
                run.begin(listener.accept());
            }
        } catch (IOException _) { // the peer was closed before all connections were accepted
        }
    }

    /// Closes the listening socket, if there is one.
    @FunctionalInterface
    private interface ListeningSocket {
        void close() throws IOException;
    }
}
