package dev.pitot.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Relays TCP connections to a server. One thread accepts connections; each connection has two
/// more.
final class ConnectionRelay implements AutoCloseable {
    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /// Creates a relay that owns the listener.
    ConnectionRelay(ServerSocket listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
        Thread.ofVirtual().name("link-acceptor").start(this::accept);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                join(listener.accept());
            }
        } catch (IOException _) { // the link was closed
        }
    }

    private void join(Socket client) throws IOException {
        var upstream = new Socket();
        sockets.add(client);
        sockets.add(upstream);
        if (listener.isClosed()) { // closed during accept: nothing else closes this connection
            client.close();
            return;
        }
        try {
            upstream.connect(server);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
        } catch (IOException _) { // no server: the client's connection is closed
            client.close();
            return;
        }
        Thread.ofVirtual().name("link-up").start(() -> copy(client, upstream));
        Thread.ofVirtual().name("link-down").start(() -> copy(upstream, client));
    }

    /// Copies until end of stream; an error on one connection closes both.
    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) { // reset, or closed together with the link
            drop(from);
            drop(to);
        }
    }

    private void drop(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) { // closed in any case
        }
        sockets.remove(socket);
    }
}
