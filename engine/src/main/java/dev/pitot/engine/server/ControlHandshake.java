package dev.pitot.engine.server;

import dev.pitot.engine.session.ControlConnection;
import dev.pitot.engine.session.Deadline;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.Patience;
import dev.pitot.socket.TcpConnection;
import dev.pitot.wire.control.ControlDecoder;
import dev.pitot.wire.control.ControlEncoder;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.control.TestState;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// A control connection whose client has shown its cookie and answered the request for
/// parameters. Only now there is a test: a connection that sends 37 bytes and nothing else takes
/// no test's place, and is not the one test of a server that offers one.
///
/// @param connection owned by whoever owns this
/// @param decoder holds what the client has said since its cookie
record ControlHandshake(Cookie cookie, TcpConnection connection, ControlDecoder decoder) {
    /// How long a connection may take to show its cookie, and a client may be silent after that
    /// (iperf 3.15 and later).
    static final Duration SILENCE_PATIENCE = Duration.ofSeconds(10);

    /// How long a client may take to send its parameters, however it spreads them (iperf 3.15 and
    /// later).
    private static final Duration PARAMETERS_PATIENCE = Duration.ofSeconds(30);

    private static final int READ_BYTES = 1024;

    /// As many bytes as a cookie has.
    static ByteBuffer readCookie(TcpConnection connection, NanoClock clock, BooleanSupplier isUnwanted)
            throws IOException {
        // Not a byte more: what follows belongs to whoever gets this connection.
        var buffer = ByteBuffer.allocateDirect(Cookie.BYTES);
        Patience patience = Deadline.in(SILENCE_PATIENCE, clock, isUnwanted);
        while (buffer.hasRemaining()) {
            patience.nextSliceMillis();
            if (connection.receive(buffer) < 0) {
                throw new IOException("connection closed");
            }
        }
        return buffer.flip();
    }

    /// Asks a client for its parameters and waits until it has answered, whatever it says. If it
    /// does not, it is told why it is turned away.
    ///
    /// @throws IOException if it said nothing; the connection still belongs to the caller
    static ControlHandshake exchange(
            Cookie cookie, TcpConnection connection, NanoClock clock, BooleanSupplier isUnwanted) throws IOException {
        var decoder = ControlDecoder.forServer();
        try {
            ControlConnection.sendAll(
                    connection,
                    ControlEncoder.state(TestState.PARAM_EXCHANGE),
                    Deadline.in(SILENCE_PATIENCE, clock, isUnwanted));
            awaitMessage(connection, decoder, clock, isUnwanted);
        } catch (SocketTimeoutException e) {
            Denial.end(connection, ControlEncoder.serverError(IperfError.RECEIVE_PARAMETERS, 0), clock);
            throw e;
        } catch (InterruptedIOException e) {
            Denial.end(connection, ControlEncoder.state(TestState.SERVER_TERMINATE), clock);
            throw e;
        }
        return new ControlHandshake(cookie, connection, decoder);
    }

    private static void awaitMessage(
            TcpConnection connection, ControlDecoder decoder, NanoClock clock, BooleanSupplier isUnwanted)
            throws IOException {
        var buffer = ByteBuffer.allocateDirect(READ_BYTES);
        Patience inAll = Deadline.in(PARAMETERS_PATIENCE, clock, isUnwanted);
        Patience silence = Deadline.in(SILENCE_PATIENCE, clock, isUnwanted);
        while (!decoder.hasMessage()) {
            inAll.nextSliceMillis();
            silence.nextSliceMillis();
            int n = connection.receive(buffer.clear());
            if (n > 0) {
                decoder.feed(buffer.flip());
                silence = Deadline.in(SILENCE_PATIENCE, clock, isUnwanted);
            } else if (n < 0) {
                decoder.end();
                if (!decoder.hasMessage()) {
                    throw new IOException("connection closed");
                }
            }
        }
    }
}
