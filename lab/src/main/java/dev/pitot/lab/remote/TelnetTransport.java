package dev.pitot.lab.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.apache.commons.net.telnet.EchoOptionHandler;
import org.apache.commons.net.telnet.InvalidTelnetOptionException;
import org.apache.commons.net.telnet.SuppressGAOptionHandler;
import org.apache.commons.net.telnet.TelnetClient;
import org.apache.commons.net.telnet.TerminalTypeOptionHandler;

/// Telnet (RFC 854): the library's client over a socket that can be closed at once, since the
/// library would wait for what is still to be sent.
record TelnetTransport(Socket socket, TelnetClient client) implements ConsoleTransport {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    static TelnetTransport open(String host, int port) throws IOException {
        var socket = new Socket();
        var client = new TelnetClient("dumb");
        client.setReaderThread(false);
        client.setConnectTimeout(Math.toIntExact(CONNECTING.toMillis()));
        client.setSocketFactory(new SingleSocketFactory(socket));
        try {
            client.addOptionHandler(new TerminalTypeOptionHandler("dumb", false, false, true, false));
            client.addOptionHandler(new EchoOptionHandler(false, false, false, true));
            client.addOptionHandler(new SuppressGAOptionHandler(true, true, true, true));
            client.connect(host, port);
        } catch (InvalidTelnetOptionException e) {
            throw new AssertionError("each option is there once", e);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new TelnetTransport(socket, client);
    }

    @Override
    public InputStream input() {
        return client.getInputStream();
    }

    @Override
    public OutputStream output() {
        return client.getOutputStream();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) { // closed all the same
            assert socket.isClosed();
        }
    }

    /// Gives the socket that was made before.
    private static final class SingleSocketFactory extends javax.net.SocketFactory {
        private final Socket socket;

        SingleSocketFactory(Socket socket) {
            this.socket = socket;
        }

        @Override
        public Socket createSocket() {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("only one that is not connected");
        }

        @Override
        public Socket createSocket(String host, int port, java.net.InetAddress from, int fromPort) {
            throw new UnsupportedOperationException("only one that is not connected");
        }

        @Override
        public Socket createSocket(java.net.InetAddress host, int port) {
            throw new UnsupportedOperationException("only one that is not connected");
        }

        @Override
        public Socket createSocket(java.net.InetAddress host, int port, java.net.InetAddress from, int fromPort) {
            throw new UnsupportedOperationException("only one that is not connected");
        }
    }
}
