package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.HostResources;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.ServerConfig.Lifetime;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.FileCopy;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.SocketFamily.Feature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A file is sent instead of generated data (`-F`).
@Tag("slow")
class FileTransferTest {
    /// Not a multiple of any block size.
    private static final int BYTES = 1_000_003;

    /// Fits into a receive buffer.
    private static final int SHORT_BYTES = 30_001;

    private static final long LATE_MILLIS = 1_000;

    /// A second, and two for a machine without a free processor.
    private static final Duration CANCELLATION = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private final Watcher watcher = new Watcher();
    private Path source;
    private Path target;

    @BeforeEach
    void writeSource() throws IOException {
        source = folder.resolve("source");
        target = folder.resolve("target");
        byte[] content = new byte[BYTES];
        new Random(1).nextBytes(content);
        Files.write(source, content);
    }

    static Stream<SocketFamily> families() {
        return Stream.of(SocketFamilies.best(), SocketFamilies.portable());
    }

    private static LocalBinding end(@Nullable Path file) {
        return LocalBinding.ANY.with(new HostResources(file == null ? null : file.toString(), null));
    }

    private Outcome run(SocketFamily family, TestConfig test, @Nullable Path own, @Nullable Path servers)
            throws Exception {
        return run(family, test, own, family, end(servers));
    }

    private Outcome run(
            SocketFamily family, TestConfig test, @Nullable Path own, SocketFamily serversFamily, LocalBinding servers)
            throws Exception {
        var server = new ServerConfig(0, servers, Timeouts.DEFAULT, ReportInterval.DEFAULT, Lifetime.UNLIMITED);
        try (Server running =
                Iperf.server(server).sockets(serversFamily).listener(watcher).start()) {
            var client = new ClientConfig(
                    new Endpoint("127.0.0.1", running.port()),
                    test,
                    end(own),
                    Timeouts.DEFAULT,
                    ReportInterval.DEFAULT);
            return Iperf.client(client).sockets(family).run();
        }
    }

    private static Summary.OfStream stream(Outcome outcome) {
        return Objects.requireNonNull(outcome.report().summary()).streams().getFirst();
    }

    @ParameterizedTest
    @MethodSource("families")
    void aFileArrivesWholeAndItsEndIsTheTests(SocketFamily family) throws Exception {
        TestConfig test = TestConfig.builder()
                .limit(new Limit.ForDuration(Duration.ofSeconds(60)))
                .build();

        Outcome outcome = run(family, test, source, target);

        assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
        assertThat(stream(outcome).file()).isEqualTo(new FileCopy(source.toString(), BYTES));
        Outcome server = watcher.awaitOutcome();
        assertThat(stream(server).file()).isEqualTo(new FileCopy(target.toString(), BYTES));
        assertThat(target).hasSameBinaryContentAs(source);
    }

    /// Sockets whose streams begin late, as on a machine without a free processor.
    private static SocketFamily late(SocketFamily family) {
        return (SocketFamily) Proxy.newProxyInstance(
                FileTransferTest.class.getClassLoader(), new Class<?>[] {SocketFamily.class}, (_, method, values) -> {
                    if (method.getName().equals("features")) {
                        return EnumSet.of(Feature.AFFINITY, family.features().toArray(Feature[]::new));
                    }
                    if (method.getName().equals("bindToCore")) {
                        return new CountDownLatch(1).await(LATE_MILLIS, TimeUnit.MILLISECONDS) ? 1 : null;
                    }
                    try {
                        return method.invoke(family, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    static Stream<Arguments> familiesAndSizes() {
        return families().flatMap(family -> Stream.of(SHORT_BYTES, BYTES).map(bytes -> Arguments.of(family, bytes)));
    }

    /// The client is done, and says so, before the server has read a byte: with a short file in any case, with a long
    /// one where it does not see what the server's kernel has not taken yet.
    @ParameterizedTest
    @MethodSource("familiesAndSizes")
    void aFileArrivesWholeThoughTheServerReadsItLate(SocketFamily family, int bytes) throws Exception {
        Files.write(source, Arrays.copyOf(Files.readAllBytes(source), bytes));
        TestConfig test = TestConfig.builder()
                .limit(new Limit.ForDuration(Duration.ofSeconds(60)))
                .build();
        var servers = LocalBinding.ANY.with(new HostResources(target.toString(), 0));

        Outcome outcome = run(family, test, source, late(family), servers);

        assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
        assertThat(stream(watcher.awaitOutcome()).file()).isEqualTo(new FileCopy(target.toString(), bytes));
        assertThat(target).hasSameBinaryContentAs(source);
    }

    /// The receiver has its first block at once, and waits for the file until somebody reads the pipe.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theTimeOfASlowFileBelongsToTheTest() throws Exception {
        makePipe(target);
        Path copy = folder.resolve("copy");
        var reader = new FutureTask<>(() -> copyLate(copy));
        Thread.ofPlatform().start(reader);

        Outcome outcome = run(SocketFamilies.best(), TestConfig.builder().build(), source, target);

        assertThat(reader.get()).isEqualTo(BYTES);
        assertThat(copy).hasSameBinaryContentAs(source);
        long half = TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS / 2);
        assertThat(receivedNanos(watcher.awaitOutcome())).isGreaterThan(half);
        assertThat(receivedNanos(outcome)).isGreaterThan(half);
    }

    private static void makePipe(Path pipe) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
    }

    /// The stream's thread is in a write that would last for ever.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aServerWhoseFileTakesNothingMoreIsClosed() throws Exception {
        makePipe(target);
        var opened = new FutureTask<>(() -> Files.newInputStream(target));
        Thread.ofPlatform().start(opened);
        var config = new ServerConfig(0, end(target), Timeouts.DEFAULT, ReportInterval.DEFAULT, Lifetime.UNLIMITED);
        Server server = Iperf.server(config).listener(watcher).start();
        try (ClientRun client = Iperf.client("127.0.0.1")
                        .port(server.port())
                        .limit(new Limit.Endless())
                        .start();
                InputStream pipe = opened.get()) {
            assertThat(pipe.read()).isNotNegative(); // from here on it is not read

            long before = System.nanoTime();
            server.close();
            Outcome outcome = watcher.awaitOutcome();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(CANCELLATION);
            assertThat(outcome.ending()).isInstanceOf(Ending.Cancelled.class);
            long written = Objects.requireNonNull(stream(outcome).file()).sizeBytes();
            assertThat(pipe.readAllBytes()).hasSize((int) written - 1);
            assertThat(client.await().ending()).isNotEqualTo(new Ending.Completed());
        }
    }

    /// The stream's thread is in a read that would last for ever.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aClientWhoseFileBringsNothingMoreIsCancelled() throws Exception {
        Path pipe = folder.resolve("pipe");
        makePipe(pipe);
        var opened = new FutureTask<>(() -> Files.newOutputStream(pipe));
        Thread.ofPlatform().start(opened);
        var config =
                new ServerConfig(0, LocalBinding.ANY, Timeouts.DEFAULT, ReportInterval.DEFAULT, Lifetime.UNLIMITED);
        try (Server server = Iperf.server(config).listener(watcher).start();
                ClientRun client = Iperf.client(new ClientConfig(
                                new Endpoint("127.0.0.1", server.port()),
                                TestConfig.builder().build(),
                                end(pipe),
                                Timeouts.DEFAULT,
                                ReportInterval.DEFAULT))
                        .start();
                OutputStream _ = opened.get()) { // nothing is written to it
            watcher.awaitStart();
            long before = System.nanoTime();

            client.cancel(null);
            Outcome outcome = client.await();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(CANCELLATION);
            assertThat(outcome.ending()).isInstanceOf(Ending.Cancelled.class);
        }
    }

    private long copyLate(Path copy) throws IOException, InterruptedException {
        try (InputStream pipe = Files.newInputStream(target)) { // waits for the server
            assertThat(new CountDownLatch(1).await(LATE_MILLIS, TimeUnit.MILLISECONDS))
                    .isFalse();
            return Files.copy(pipe, copy);
        }
    }

    private static long receivedNanos(Outcome outcome) {
        return Objects.requireNonNull(stream(outcome).received()).nanos();
    }

    @ParameterizedTest
    @MethodSource("families")
    void asManyBytesAsTheFileHasAreTheWholeFile(SocketFamily family) throws Exception {
        TestConfig test = TestConfig.builder().limit(new Limit.ForBytes(BYTES)).build();

        Outcome outcome = run(family, test, source, target);

        assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
        watcher.awaitOutcome();
        assertThat(target).hasSameBinaryContentAs(source);
    }

    @ParameterizedTest
    @MethodSource("families")
    void theServersFileCanBeFetched(SocketFamily family) throws Exception {
        TestConfig test = TestConfig.builder()
                .direction(Direction.REVERSE)
                .limit(new Limit.ForBytes(BYTES))
                .build();

        Outcome outcome = run(family, test, target, source);

        assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
        assertThat(target).hasSameBinaryContentAs(source);
    }

    @Test
    void whatWasThereBeforeIsGone() throws Exception {
        Files.write(target, new byte[3 * BYTES]);
        TestConfig test = TestConfig.builder().limit(new Limit.ForBytes(BYTES)).build();

        run(SocketFamilies.best(), test, source, target);

        watcher.awaitOutcome();
        assertThat(target).hasSameBinaryContentAs(source);
    }

    @Test
    void aMissingFileEndsTheTestWithItsName() throws Exception {
        Outcome outcome = run(SocketFamilies.best(), TestConfig.builder().build(), folder.resolve("nowhere"), null);

        assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.FILE, "No such file or directory", false));
    }

    @Test
    void aServerWithAFileTakesNoDatagrams() throws Exception {
        TestConfig test = TestConfig.builder().protocol(Protocol.UDP).build();

        Outcome outcome = run(SocketFamilies.best(), test, null, target);

        assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.FILE_OVER_UDP, "", true));
    }

    @Test
    void aFileThatCannotTakeMoreIsNamedAsWhatItIs() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        TestConfig test = TestConfig.builder().limit(new Limit.ForBytes(BYTES)).build();

        Outcome outcome = run(SocketFamilies.best(), test, source, full);

        assertThat(watcher.awaitOutcome().ending())
                .isEqualTo(new Ending.Failed(IperfError.FILE, "No space left on device", false));
        assertThat(outcome.ending())
                .isInstanceOfSatisfying(
                        Ending.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo(IperfError.FILE));
    }

    @Test
    void oneTestAtATimeUsesAServersFile() throws Exception {
        var server = new ServerConfig(0, end(target), Timeouts.DEFAULT, ReportInterval.DEFAULT, Lifetime.UNLIMITED);
        var first = new Watcher();
        try (Server running = Iperf.server(server).start();
                ClientRun _ = Iperf.client("127.0.0.1")
                        .port(running.port())
                        .limit(new Limit.Endless())
                        .listener(first)
                        .start()) {
            first.awaitStart();

            Outcome second = Iperf.client("127.0.0.1")
                    .port(running.port())
                    .limit(new Limit.ForBytes(1))
                    .run();

            assertThat(second.ending()).isEqualTo(new Ending.Busy());
        }
    }

    @Test
    void oneFileCannotServeBothDirections() throws Exception {
        TestConfig test = TestConfig.builder()
                .direction(Direction.BIDIRECTIONAL)
                .limit(new Limit.ForBytes(1))
                .build();

        Outcome outcome = run(SocketFamilies.best(), test, null, source);

        assertThat(outcome.ending())
                .isInstanceOfSatisfying(
                        Ending.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo(IperfError.FILE));
        assertThat(source).hasSize(BYTES);
    }
}
