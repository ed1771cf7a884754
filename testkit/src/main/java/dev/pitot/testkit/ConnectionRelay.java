package dev.pitot.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Passes TCP connections on to a server, byte by byte. A thread accepts, and two more serve each
/// connection.
final class ConnectionRelay implements AutoCloseable {
    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /// Takes the listener over.
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
        if (listener.isClosed()) { // while this connection came: nobody else closes it
            client.close();
            return;
        }
        try {
            upstream.connect(server);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
        } catch (IOException _) { // no server: the client sees its connection end
            client.close();
            return;
        }
        Thread.ofVirtual().name("link-up").start(() -> copy(client, upstream));
        Thread.ofVirtual().name("link-down").start(() -> copy(upstream, client));
    }

    /// Copies until one end is done; a broken connection breaks the other one too.
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
        } catch (IOException _) { // it is gone either way
        }
        sockets.remove(socket);
    }
}
