package dev.pitot.lab.connection.console;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.connection.RunningCommand;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.time.MachineClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.net.telnet.EchoOptionHandler;
import org.apache.commons.net.telnet.InvalidTelnetOptionException;
import org.apache.commons.net.telnet.SuppressGAOptionHandler;
import org.apache.commons.net.telnet.TelnetClient;
import org.apache.commons.net.telnet.TerminalTypeOptionHandler;
import org.jspecify.annotations.Nullable;

/// A shell behind telnet (RFC 854). Telnet hides nothing: name, password and output can be read
/// on the way.
///
/// One session serves all commands. They run in its background with their output in files of the
/// node's temporary folder, which are read four times a second and removed afterwards: times of
/// arrival are as coarse as that, and what a command leaves on its outputs must fit there. Lines
/// that the console shows on its own, such as the kernel's, are heard as lines of standard error.
/// Needs `mkdir`, `rm`, `cat`, `wc`, `tail -c`, `head -c` and `printf` on the node.
public final class TelnetConnection implements Connection {
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final int PIECE_BYTES = 16_384;

    private final Console console;

    /// Opens nothing yet.
    ///
    /// @param name what messages call it
    /// @param host a name or an address
    /// @param port 1..65535, usually 23
    /// @param login null if it asks for none
    /// @param password asked when it is needed, and not kept; an [java.io.UncheckedIOException]
    ///     says why it cannot be read. Null if it asks for none
    /// @param system what the node runs: one with a POSIX shell
    public TelnetConnection(
            String name,
            String host,
            int port,
            @Nullable String login,
            @Nullable Supplier<String> password,
            OperatingSystem system) {
        this(
                name,
                system,
                () -> TelnetWire.open(host, port),
                new ConsoleShell.Settings(login, password, false, PIECE_BYTES, new MachineClock(), ConsoleTimes.USUAL));
    }

    TelnetConnection(String name, OperatingSystem system, Wire.Opener opener, ConsoleShell.Settings settings) {
        console = new Console(name, system, opener, settings, InstantSource.system());
    }

    @Override
    public String name() {
        return console.name();
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        return console.start(command, lines);
    }

    @Override
    public void close() {
        console.close();
    }

    /// The library's client over a socket that can be closed at once: the library would wait for
    /// what is still to be sent.
    private record TelnetWire(Socket socket, TelnetClient client) implements Wire {
        static TelnetWire open(String host, int port) throws IOException {
            var socket = new Socket();
            var client = new TelnetClient("dumb");
            client.setReaderThread(false);
            client.setConnectTimeout(Math.toIntExact(CONNECTING.toMillis()));
            client.setSocketFactory(new OneSocket(socket));
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
            return new TelnetWire(socket, client);
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
    }

    /// Gives the socket that was made before.
    private static final class OneSocket extends javax.net.SocketFactory {
        private final Socket socket;

        OneSocket(Socket socket) {
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
