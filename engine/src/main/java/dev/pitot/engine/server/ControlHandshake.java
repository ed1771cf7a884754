package dev.pitot.engine.server;

import dev.pitot.engine.session.ControlConnection;
import dev.pitot.engine.session.Deadline;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.WaitPolicy;
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

/// Control connection whose client has sent its cookie and answered the request for parameters. A test
/// exists only from now on: a connection that sends 37 bytes and nothing else occupies no test slot, and
/// is not the single test of a server (`-1`).
///
/// @param connection owned by the owner of this object
/// @param decoder has the bytes that the client has sent after its cookie
record ControlHandshake(Cookie cookie, TcpConnection connection, ControlDecoder decoder) {
    /// Timeout of the control connection for the cookie, and for silence of the client after it (iperf 3.15 and later).
    static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(10);

    /// Timeout for the complete parameters, however they are split (iperf 3.15 and later).
    private static final Duration PARAMETERS_TIMEOUT = Duration.ofSeconds(30);

    private static final int READ_BYTES = 1024;

    /// Reads the bytes of a cookie.
    static ByteBuffer readCookie(TcpConnection connection, NanoClock clock, BooleanSupplier isUnwanted)
            throws IOException {
        // Not a byte more: the rest belongs to the next owner of this connection.
        var buffer = ByteBuffer.allocateDirect(Cookie.BYTES);
        WaitPolicy waitPolicy = Deadline.in(SILENCE_TIMEOUT, clock, isUnwanted);
        while (buffer.hasRemaining()) {
            waitPolicy.nextSliceMillis();
            if (connection.receive(buffer) < 0) {
                throw new IOException("connection closed");
            }
        }
        return buffer.flip();
    }

    /// Requests the parameters of a client and waits for its answer, whatever it is. Without an answer,
    /// the client gets the reason for the refusal.
    ///
    /// @throws IOException if there was no answer; the connection still belongs to the caller
    static ControlHandshake exchange(
            Cookie cookie, TcpConnection connection, NanoClock clock, BooleanSupplier isUnwanted) throws IOException {
        var decoder = ControlDecoder.forServer();
        try {
            ControlConnection.sendAll(
                    connection,
                    ControlEncoder.state(TestState.PARAM_EXCHANGE),
                    Deadline.in(SILENCE_TIMEOUT, clock, isUnwanted));
            awaitMessage(connection, decoder, clock, isUnwanted);
        } catch (SocketTimeoutException e) {
            ConnectionRejection.end(connection, ControlEncoder.serverError(IperfError.RECEIVE_PARAMETERS, 0), clock);
            throw e;
        } catch (InterruptedIOException e) {
            ConnectionRejection.end(connection, ControlEncoder.state(TestState.SERVER_TERMINATE), clock);
            throw e;
        }
        return new ControlHandshake(cookie, connection, decoder);
    }

    private static void awaitMessage(
            TcpConnection connection, ControlDecoder decoder, NanoClock clock, BooleanSupplier isUnwanted)
            throws IOException {
        var buffer = ByteBuffer.allocateDirect(READ_BYTES);
        WaitPolicy inAll = Deadline.in(PARAMETERS_TIMEOUT, clock, isUnwanted);
        WaitPolicy silence = Deadline.in(SILENCE_TIMEOUT, clock, isUnwanted);
        while (!decoder.hasMessage()) {
            inAll.nextSliceMillis();
            silence.nextSliceMillis();
            int n = connection.receive(buffer.clear());
            if (n > 0) {
                decoder.feed(buffer.flip());
                silence = Deadline.in(SILENCE_TIMEOUT, clock, isUnwanted);
            } else if (n < 0) {
                decoder.end();
                if (!decoder.hasMessage()) {
                    throw new IOException("connection closed");
                }
            }
        }
    }
}
