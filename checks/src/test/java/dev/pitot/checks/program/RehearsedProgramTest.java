package dev.pitot.checks.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.PitotProcess;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program loads no class while data flows: all that a test needs is there before its clock starts. The
/// other end is played here, so it is known, without looking at a clock, which lines of the JVM's log of loaded
/// classes were written after the message that starts the test, and before the one that ends it.
@Tag("slow")
final class RehearsedProgramTest {
    private static final int COOKIE_BYTES = 37;
    private static final int TIMEOUT_MILLIS = 30_000;

    // iperf_api.h
    private static final int TEST_START = 1;
    private static final int TEST_RUNNING = 2;
    private static final int TEST_END = 4;
    private static final int PARAM_EXCHANGE = 9;
    private static final int CREATE_STREAMS = 10;
    private static final int EXCHANGE_RESULTS = 13;

    private static final byte[] UDP_CONNECT_REPLY = "6789".getBytes(StandardCharsets.US_ASCII);

    /// Longer than an interval.
    private static final Duration LOAD = Duration.ofMillis(1300);

    @TempDir
    private Path folder;

    private Path log() {
        return folder.resolve("classes.log");
    }

    private ChildProcess start(String... args) throws IOException {
        return ChildProcess.start(
                PitotProcess.command(args), Map.of("_JAVA_OPTIONS", "-Xlog:class+load:file=" + log() + ":none"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-b 20M", "-R", "--bidir", "-i 0.1", "-J -i 0.1", "--json-stream -i 0.1", "-u -b 20M -i 0.1"})
    void clientLoadsNothingBetweenStartAndEnd(String options) throws IOException, InterruptedException {
        List<String> given = List.of(options.split(" "));
        try (var listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                var datagrams = new DatagramSocket(listener.getLocalPort(), InetAddress.getLoopbackAddress());
                ChildProcess client = start(Stream.concat(
                                Stream.of(
                                        "-c", "127.0.0.1", "-p", Integer.toString(listener.getLocalPort()), "-t", "1"),
                                given.stream())
                        .toArray(String[]::new));
                Socket control = accepted(listener)) {
            var in = new DataInputStream(control.getInputStream());
            var out = new DataOutputStream(control.getOutputStream());
            out.write(PARAM_EXCHANGE);
            in.readNBytes(in.readInt());
            out.write(CREATE_STREAMS);
            List<Socket> streams =
                    given.contains("-u") ? greeted(datagrams) : streams(listener, given.contains("--bidir") ? 2 : 1);
            out.write(TEST_START);
            int before = awaitQuiet(client);
            out.write(TEST_RUNNING);
            move(streams, given.contains("-R"));

            int end = in.read();
            List<String> classes = classes();

            assertThat(end).isEqualTo(TEST_END);
            assertThat(classes.subList(before, classes.size())).isEmpty();
            close(streams);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void serverLoadsNothingBetweenStartAndEnd(boolean reverse) throws IOException, InterruptedException {
        int port = FreePort.find();
        try (ChildProcess server = start("-s", "-p", Integer.toString(port), "--forceflush")) {
            server.awaitStdout("Server listening on");
            try (Socket control = connected(port)) {
                var in = new DataInputStream(control.getInputStream());
                var out = new DataOutputStream(control.getOutputStream());
                assertThat(in.read()).isEqualTo(PARAM_EXCHANGE);
                byte[] parameters = ("{\"tcp\":true,\"omit\":0,\"time\":1,\"parallel\":1,\"len\":131072"
                                + (reverse ? ",\"reverse\":true}" : "}"))
                        .getBytes(StandardCharsets.US_ASCII);
                out.writeInt(parameters.length);
                out.write(parameters);
                assertThat(in.read()).isEqualTo(CREATE_STREAMS);
                List<Socket> streams = List.of(connected(port));
                assertThat(in.read()).isEqualTo(TEST_START);
                assertThat(in.read()).isEqualTo(TEST_RUNNING);
                int before = classes().size();
                move(streams, !reverse);
                assertThat(server.hasEndedWithin(LOAD)).isFalse();

                out.write(TEST_END);
                int answer = in.read();
                List<String> classes = classes();

                assertThat(answer).isEqualTo(EXCHANGE_RESULTS);
                assertThat(classes.subList(before, classes.size())).isEmpty();
                close(streams);
            }
        }
    }

    private List<String> classes() throws IOException {
        return Files.readAllLines(log(), StandardCharsets.UTF_8);
    }

    /// Waits until nothing more is loaded: output of earlier events is written on other threads.
    ///
    /// @return number of classes
    private int awaitQuiet(ChildProcess process) throws IOException, InterruptedException {
        int before = -1;
        int now = classes().size();
        while (now > before) {
            assertThat(process.hasEndedWithin(Duration.ofMillis(300))).isFalse();
            before = now;
            now = classes().size();
        }
        return now;
    }

    private static Socket accepted(ServerSocket listener) throws IOException {
        listener.setSoTimeout(TIMEOUT_MILLIS);
        Socket socket = listener.accept();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        assertThat(socket.getInputStream().readNBytes(COOKIE_BYTES)).hasSize(COOKIE_BYTES);
        return socket;
    }

    private static List<Socket> streams(ServerSocket listener, int count) throws IOException {
        List<Socket> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            streams.add(accepted(listener));
        }
        return streams;
    }

    private static List<Socket> greeted(DatagramSocket datagrams) throws IOException {
        datagrams.setSoTimeout(TIMEOUT_MILLIS);
        var request = new DatagramPacket(new byte[64], 64);
        datagrams.receive(request);
        datagrams.send(new DatagramPacket(UDP_CONNECT_REPLY, UDP_CONNECT_REPLY.length, request.getSocketAddress()));
        return List.of();
    }

    private static Socket connected(int port) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        var cookie = new byte[COOKIE_BYTES];
        Arrays.fill(cookie, 0, COOKIE_BYTES - 1, (byte) 'c');
        socket.getOutputStream().write(cookie);
        return socket;
    }

    /// Reads the first stream to its end, or fills it; fills the others.
    private static void move(List<Socket> streams, boolean fills) {
        for (int i = 0; i < streams.size(); i++) {
            Socket stream = streams.get(i);
            boolean isFilled = fills || i > 0;
            Thread.ofPlatform().daemon().start(() -> move(stream, isFilled));
        }
    }

    private static void move(Socket stream, boolean isFilled) {
        var block = new byte[128 * 1024];
        try {
            while (isFilled || stream.getInputStream().read(block) >= 0) {
                if (isFilled) {
                    stream.getOutputStream().write(block);
                }
            }
        } catch (IOException _) { // the test is over
        }
    }

    private static void close(List<Socket> streams) throws IOException {
        for (Socket stream : streams) {
            stream.close();
        }
    }
}
