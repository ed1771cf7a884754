package dev.pitot.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/// Both ends of a connection in one process.
///
/// @param client the connecting end
/// @param server the accepted end
record Pair(TcpConnection client, TcpConnection server) implements AutoCloseable {
    /// Connects over IPv4 loopback.
    static Pair of(SocketFamily family) throws IOException {
        return of(family, TcpSetup.CONTROL);
    }

    static Pair of(SocketFamily family, TcpSetup setup) throws IOException {
        try (TcpListener listener =
                family.listen(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), ListenSetup.DEFAULT)) {
            TcpConnection client = family.connect(listener.local(), setup, Slices.plenty());
            return new Pair(client, listener.accept(Slices.plenty()));
        }
    }

    /// Sends all remaining bytes, with as many calls as necessary.
    static void sendAll(TcpConnection from, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            from.send(bytes);
        }
    }

    /// Receives until the buffer is full.
    static void receiveAll(TcpConnection to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (to.receive(bytes) < 0) {
                throw new IOException("ended early");
            }
        }
    }

    /// Sends until the peer's kernel accepts nothing within a slice.
    ///
    /// @return bytes sent
    static long fill(TcpConnection from) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(128 * 1024);
        long total = 0;
        for (int sent = from.send(block); sent > 0; sent = from.send(block.clear())) {
            total += sent;
        }
        return total;
    }

    static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    /// Starts a call that may throw an I/O exception.
    static CompletableFuture<Integer> start(Call call) {
        var result = new CompletableFuture<Integer>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(call.run());
            } catch (IOException e) {
                result.completeExceptionally(new UncheckedIOException(e));
            }
        });
        return result;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    /// A sending or receiving call.
    @FunctionalInterface
    interface Call {
        int run() throws IOException;
    }
}
