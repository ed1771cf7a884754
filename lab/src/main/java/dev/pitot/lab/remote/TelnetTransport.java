package dev.pitot.lab.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.commons.net.telnet.EchoOptionHandler;
import org.apache.commons.net.telnet.InvalidTelnetOptionException;
import org.apache.commons.net.telnet.SuppressGAOptionHandler;
import org.apache.commons.net.telnet.TelnetClient;
import org.apache.commons.net.telnet.TerminalTypeOptionHandler;

/// Telnet (RFC 854): the library's client whose socket can be closed at once, since the library
/// would wait for what is still to be sent.
record TelnetTransport(ClosableClient client) implements ConsoleTransport {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    static TelnetTransport open(String host, int port) throws IOException {
        var client = new ClosableClient();
        client.setReaderThread(false);
        client.setConnectTimeout(Math.toIntExact(CONNECTING.toMillis()));
        try {
            client.addOptionHandler(new TerminalTypeOptionHandler("dumb", false, false, true, false));
            client.addOptionHandler(new EchoOptionHandler(false, false, false, true));
            client.addOptionHandler(new SuppressGAOptionHandler(true, true, true, true));
            client.connect(host, port);
        } catch (InvalidTelnetOptionException e) {
            throw new AssertionError("each option is there once", e);
        } catch (IOException e) {
            client.closeSocket();
            throw e;
        }
        return new TelnetTransport(client);
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
        client.closeSocket();
    }

    /// A client whose socket can be closed at once.
    private static final class ClosableClient extends TelnetClient {
        ClosableClient() {
            super("dumb");
        }

        void closeSocket() {
            try {
                if (_socket_ != null) {
                    _socket_.close();
                }
            } catch (IOException _) { // closed all the same
            }
        }
    }
}
