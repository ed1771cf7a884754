package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.model.config.Protocol;
import dev.pitot.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ReadinessTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(400);

    private final ProcessConnection connection = new ProcessConnection();
    private final NodeCommands commands = new NodeCommands(connection, OperatingSystem.LINUX);
    private final Readiness readiness = new Readiness();

    @Test
    void aListeningSocketIsSeen() throws Exception {
        try (var server = new ServerSocket(0)) {
            assertThat(readiness.await(commands, Protocol.TCP, server.getLocalPort(), () -> false, LONG))
                    .isEqualTo(Readiness.State.SEEN);
        }
    }

    @Test
    void aUdpSocketIsSeen() throws Exception {
        try (var server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertThat(readiness.await(commands, Protocol.UDP, server.getLocalPort(), () -> false, LONG))
                    .isEqualTo(Readiness.State.SEEN);
        }
    }

    @Test
    void aSocketOfTheOtherProtocolDoesNotCount() throws Exception {
        int port = FreePort.find();
        try (var _ = new DatagramSocket(port)) {
            assertThat(readiness.await(commands, Protocol.TCP, port, () -> false, SHORT))
                    .isEqualTo(Readiness.State.LATE);
        }
    }

    @Test
    void oneThatComesLaterIsWaitedFor() throws Exception {
        int port = FreePort.find();
        var later = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);
        var opened = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new ServerSocket(port);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                later);

        assertThat(readiness.await(commands, Protocol.TCP, port, () -> false, LONG))
                .isEqualTo(Readiness.State.SEEN);
        opened.get(100, TimeUnit.SECONDS).close();
    }

    @Test
    void theServersOwnWordIsEnough() throws Exception {
        readiness.onListening();
        readiness.onListening();

        assertThat(readiness.await(commands, Protocol.TCP, FreePort.find(), () -> false, SHORT))
                .isEqualTo(Readiness.State.REPORTED);
        assertThat(connection.startedCommands()).isZero();
    }

    @Test
    void aServerThatHasEndedIsNotWaitedFor() throws Exception {
        assertThat(readiness.await(commands, Protocol.TCP, FreePort.find(), () -> true, LONG))
                .isEqualTo(Readiness.State.ENDED);
    }

    @Test
    void aNodeThatDoesNotShowItsPortsIsUnknown() throws Exception {
        var blind = new NodeCommands(connection, OperatingSystem.IOS);

        assertThat(readiness.await(blind, Protocol.TCP, FreePort.find(), () -> false, LONG))
                .isEqualTo(Readiness.State.UNKNOWN);
    }
}
