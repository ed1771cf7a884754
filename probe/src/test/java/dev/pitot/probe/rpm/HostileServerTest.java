package dev.pitot.probe.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Servers that answer the request for a configuration as no server should.
@Tag("slow")
@Timeout(120)
class HostileServerTest {
    private ServerSocket server;

    /// One answer to a request.
    private interface Answerer {
        void write(OutputStream out) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void answer(Answerer answerer) {
        Thread.ofPlatform().daemon().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    var _ = socket.getInputStream().read(new byte[4096]);
                    answerer.write(socket.getOutputStream());
                } catch (IOException _) { // the client has had enough
                }
            }
        });
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private RpmMeasurement measurement() {
        return new RpmMeasurement(
                new RpmTarget.Config(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/nq")),
                TlsTrust.ofSystem(),
                RpmOptions.DEFAULT,
                RpmListener.NONE,
                System::nanoTime);
    }

    private void assertRefused(String part) {
        assertThatThrownBy(() -> measurement().run())
                .isInstanceOf(RpmException.class)
                .hasMessageContaining(part)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aBodyWithoutAnEndIsCut() {
        answer(out -> {
            write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{");
            while (true) {
                write(out, " ".repeat(10_000));
            }
        });

        assertRefused("has more than 65536 bytes");
    }

    @Test
    void anAnnouncedLengthIsEnough() {
        answer(out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n"));

        assertRefused("has more than 65536 bytes");
    }

    @Test
    void headersWithoutAnEndAreCut() {
        answer(out -> {
            write(out, "HTTP/1.1 200 OK\r\n");
            for (int i = 0; true; i++) {
                write(out, "Header-" + i + ": " + "x".repeat(1000) + "\r\n");
            }
        });

        assertRefused("the connection failed: ");
    }

    @Test
    void anAnswerThatBreaksOffIsAFailure() {
        answer(out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"));

        assertRefused("the connection failed: ");
    }

    @Test
    void anotherProtocolIsAFailure() {
        answer(out -> write(out, "SSH-2.0-x\r\n\r\n"));

        assertRefused("the connection failed: ");
    }

    @Test
    void aRetryAfterThatIsNoNumberIsNotRepeated() {
        answer(out -> write(out, "HTTP/1.1 503 x\r\nRetry-After: \033[2J\r\nContent-Length: 0\r\n\r\n"));

        assertRefused("try again later");
    }

    @Test
    void aServerThatSaysNothingHoldsNobodyWhoCancels() throws Exception {
        var isAsked = new CountDownLatch(1);
        var isOver = new CountDownLatch(1);
        answer(_ -> {
            isAsked.countDown();
            try {
                isOver.await();
            } catch (InterruptedException _) { // it is over
            }
        });
        RpmMeasurement measurement = measurement();
        CompletableFuture<RpmResult> result = CompletableFuture.supplyAsync(() -> {
            try {
                return measurement.run();
            } catch (RpmException e) {
                throw new IllegalStateException(e);
            }
        });

        isAsked.await();
        measurement.cancel();

        assertThat(result.get().isCancelled()).isTrue();
        isOver.countDown();
    }

    @Test
    void nobodyListens() throws IOException {
        server.close();

        assertRefused("the server cannot be reached");
    }
}
