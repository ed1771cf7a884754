package dev.pitot.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Plays the steps of one script on one connection. Owned by the thread that plays it; any thread
/// may call `hangUp`.
final class ScriptPlayer {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_TAKEN_BYTES = 1024 * 1024;

    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final Socket socket;
    private final Consumer<byte[]> arrived;

    /// Creates a player for a connection.
    ///
    /// @param arrived receives the data of each receiving step
    ScriptPlayer(Socket socket, Consumer<byte[]> arrived) {
        this.socket = socket;
        this.arrived = arrived;
    }

    /// Plays all steps, then closes the connection.
    ///
    /// @throws AssertionError if other bytes arrived than expected
    /// @throws IOException if, in a step that needs the connection, it broke or nothing arrived for
    ///     10 s
    void play(List<Step> steps) throws IOException, InterruptedException {
        try (socket) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            for (Step step : steps) {
                play(step);
            }
        }
    }

    /// Closes the connection, which ends the script.
    void hangUp() throws IOException {
        hungUp.countDown();
        socket.close();
    }

    private void play(Step step) throws IOException, InterruptedException {
        switch (step) {
            case Step.Send(byte[] bytes) -> socket.getOutputStream().write(bytes);
            case Step.Flood(byte[] block) -> flood(block);
            case Step.Take(int count) -> arrived.accept(receive(count));
            case Step.TakeFrame() -> arrived.accept(receive(frameLength()));
            case Step.TakeAll() -> arrived.accept(receiveAll());
            case Step.Expect(byte[] bytes) -> expect(bytes);
            case Step.Drain() -> drain();
            case Step.Pause(Duration length) -> pause(length);
            case Step.Stall() -> hungUp.await();
            case Step.EndSending() -> socket.shutdownOutput();
            case Step.Close() -> socket.close();
            case Step.Reset() -> reset();
        }
    }

    private void flood(byte[] block) {
        try {
            while (true) {
                socket.getOutputStream().write(block);
            }
        } catch (IOException _) { // expected: the other end has closed the connection
        }
    }

    private byte[] receive(int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("only " + bytes.length + " of " + count + " bytes arrived");
        }
        return bytes;
    }

    private int frameLength() throws IOException {
        int length = ByteBuffer.wrap(receive(Integer.BYTES)).getInt();
        if (length < 0 || length > MAX_TAKEN_BYTES) {
            throw new AssertionError("a frame of " + length + " bytes");
        }
        return length;
    }

    private byte[] receiveAll() throws IOException {
        byte[] bytes = new byte[MAX_TAKEN_BYTES];
        int filled = 0;
        for (int n = 0; n >= 0 && filled < bytes.length; n = readOrEnd(bytes, filled)) {
            filled += n;
        }
        if (filled == bytes.length) {
            throw new AssertionError("more than 1 MiB arrived");
        }
        return Arrays.copyOf(bytes, filled);
    }

    private void expect(byte[] bytes) throws IOException {
        byte[] actual = receive(bytes.length);
        if (!Arrays.equals(bytes, actual)) {
            HexFormat hex = HexFormat.ofDelimiter(" ");
            throw new AssertionError("expected " + hex.formatHex(bytes) + " but got " + hex.formatHex(actual));
        }
        arrived.accept(actual);
    }

    private void drain() throws IOException {
        byte[] chunk = new byte[64 * 1024];
        int n = 0;
        while (n >= 0) {
            n = readOrEnd(chunk, 0);
        }
    }

    /// Reads once. Returns -1 at the end of the stream and if the connection was reset; a timeout
    /// is thrown.
    private int readOrEnd(byte[] into, int offset) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            return in.read(into, offset, into.length - offset);
        } catch (SocketException _) { // reset by the other end
            return -1;
        }
    }

    private void pause(Duration length) throws InterruptedException {
        boolean _ = hungUp.await(length.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void reset() throws IOException {
        socket.setSoLinger(true, 0); // makes close send RST (SO_LINGER of 0 s)
        socket.close();
    }
}
