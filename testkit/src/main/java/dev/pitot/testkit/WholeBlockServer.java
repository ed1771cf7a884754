package dev.pitot.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Simulated iperf3 server that counts whole blocks, as versions with a thread for each stream do,
/// for one TCP test on the loopback address. Data of an incomplete block counts only if its stream
/// ends before the test; otherwise it is still written to the file of `-F`, if the stream ends
/// before the client's last state (IPERF_DONE) arrives.
///
/// ```java
/// try (var server = WholeBlockServer.start()) {
///     Iperf.client("127.0.0.1").port(server.port()).test(test).run();
///
///     assertThat(server.outcome().received()).isEqualTo(3_145_728);
/// }
/// ```
public final class WholeBlockServer implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 40;

    private final ServerSocketChannel listener;
    private final CompletableFuture<WholeBlockOutcome> outcome = new CompletableFuture<>();
    private final List<WholeBlockStream> streams = new ArrayList<>();

    private WholeBlockServer(ServerSocketChannel listener) {
        this.listener = listener;
    }

    /// Starts a listening server, which runs on its own thread.
    public static WholeBlockServer start() throws IOException {
        ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var server = new WholeBlockServer(listener);
        Thread.ofVirtual().name("whole-block-server").start(server::run);
        return server;
    }

    /// Port that it listens on.
    public int port() {
        return listener.socket().getLocalPort();
    }

    /// Waits for the end of the test and returns its outcome.
    ///
    /// @throws AssertionError if it failed, or has not ended after 40 s
    public WholeBlockOutcome outcome() throws InterruptedException {
        try {
            return outcome.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the test failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the test has not ended after " + TIMEOUT_SECONDS + " s", e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void run() {
        try (SocketChannel first = listener.accept();
                var control = new WholeBlockControl(first.socket())) {
            outcome.complete(serve(control));
        } catch (IOException | InterruptedException | RuntimeException e) {
            outcome.completeExceptionally(e);
        } finally {
            streams.forEach(WholeBlockServer::close);
        }
    }

    private WholeBlockOutcome serve(WholeBlockControl control) throws IOException, InterruptedException {
        control.receive(WholeBlockControl.COOKIE_BYTES);
        control.send(WholeBlockControl.PARAM_EXCHANGE);
        String parameters = control.receiveFrame();
        control.send(WholeBlockControl.CREATE_STREAMS);
        accept(parameters);
        control.send(WholeBlockControl.TEST_START, WholeBlockControl.TEST_RUNNING);
        streams.forEach(WholeBlockStream::start);
        control.expect(WholeBlockControl.TEST_END);
        for (WholeBlockStream stream : streams) {
            stream.stop();
            stream.takeRest(true);
            if (stream.sends()) {
                stream.close();
            }
        }
        control.send(WholeBlockControl.EXCHANGE_RESULTS);
        String results = control.receiveFrame();
        control.sendFrame(WholeBlockControl.results(streams));
        control.send(WholeBlockControl.DISPLAY_RESULTS);
        control.expect(WholeBlockControl.IPERF_DONE);
        for (WholeBlockStream stream : streams) {
            stream.takeRest(false);
        }
        return WholeBlockOutcome.of(parameters, streams, results);
    }

    private void accept(String parameters) throws IOException {
        boolean both = parameters.contains("\"bidirectional\":true");
        boolean reverse = parameters.contains("\"reverse\":true");
        int parallel = number(parameters, "parallel");
        int blockBytes = number(parameters, "len");
        var sent = new AtomicLong();
        var received = new AtomicLong();
        for (int i = 0; i < (both ? 2 * parallel : parallel); i++) {
            SocketChannel channel = listener.accept();
            channel.socket().getInputStream().readNBytes(WholeBlockControl.COOKIE_BYTES);
            boolean sends = both ? i >= parallel : reverse;
            streams.add(new WholeBlockStream(
                    channel, sends, blockBytes, sends ? sent : received, Long.MAX_VALUE)); // only a client ends a test
        }
    }

    private static int number(String parameters, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\":(\\d+)").matcher(parameters);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + key + " in " + parameters);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static void close(WholeBlockStream stream) {
        try {
            stream.close();
        } catch (IOException _) { // closed in any case
        }
    }
}
