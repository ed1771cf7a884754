package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.HostResources;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.testkit.WholeBlockClient;
import dev.pitot.testkit.WholeBlockOutcome;
import dev.pitot.testkit.WholeBlockRequest;
import dev.pitot.testkit.WholeBlockServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests with a limit of bytes, blocks or a file against an iperf3 that counts whole blocks, at either
/// end: none hangs, and both ends count the same.
@Timeout(180)
@Tag("slow")
class WholeBlocksTest {
    private static final int BLOCK = 131_072;

    private static long wholeBlocks(WholeBlockRequest request) {
        return Math.ceilDiv(request.limit(), request.blockBytes()) * request.blockBytes();
    }

    static Stream<WholeBlockRequest> requests() {
        List<WholeBlockRequest> all = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            for (int parallel : List.of(1, 2, 3)) {
                for (long bytes : List.of(1L, 100_000L, 3_147_000L)) {
                    all.add(WholeBlockRequest.ofBytes(bytes, BLOCK)
                            .parallel(parallel)
                            .direction(direction));
                }
                all.add(new WholeBlockRequest(500_000, 0, 7_777, parallel, direction));
                all.add(new WholeBlockRequest(0, 7, BLOCK, parallel, direction));
            }
        }
        return all.stream();
    }

    private static TestConfig config(WholeBlockRequest request, boolean zeroCopy) {
        return TestConfig.builder()
                .direction(request.direction())
                .limit(
                        request.bytes() > 0
                                ? new Limit.ForBytes(request.bytes())
                                : new Limit.ForBlocks(request.blocks()))
                .blockBytes(request.blockBytes())
                .parallel(request.parallel())
                .payload(new PayloadSettings(false, zeroCopy, false))
                .build();
    }

    private static Summary.OfDirection direction(Outcome outcome, StreamRole role) {
        return Objects.requireNonNull(outcome.report().summary()).directions().stream()
                .filter(direction -> direction.role() == role)
                .findFirst()
                .orElseThrow();
    }

    private static long bytes(@Nullable Total total) {
        return Objects.requireNonNull(total).bytes();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aClientAndTheServerCountTheSame(WholeBlockRequest request) throws Exception {
        try (var server = WholeBlockServer.start()) {
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .test(config(request, false))
                    .run();

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            WholeBlockOutcome other = server.outcome();
            if (request.direction() != Direction.REVERSE) {
                assertThat(other.received()).isEqualTo(wholeBlocks(request));
                Summary.OfDirection up = direction(outcome, StreamRole.SENDER);
                assertThat(bytes(up.sent())).isEqualTo(wholeBlocks(request));
                assertThat(bytes(up.received())).isEqualTo(wholeBlocks(request));
            }
            if (request.direction() != Direction.FORWARD) {
                assertThat(bytes(direction(outcome, StreamRole.RECEIVER).received()))
                        .isGreaterThanOrEqualTo(request.limit());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void withoutCopyingToo(Direction direction) throws Exception {
        var request = WholeBlockRequest.ofBytes(1_000_001, BLOCK).parallel(2).direction(direction);
        try (var server = WholeBlockServer.start()) {
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .test(config(request, true))
                    .run();

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            assertThat(server.outcome().received())
                    .isEqualTo(direction == Direction.REVERSE ? 0 : wholeBlocks(request));
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aServerAndTheClientCountTheSame(WholeBlockRequest request) throws Exception {
        var watcher = new Watcher();
        try (Server server = Iperf.server().port(0).listener(watcher).start()) {
            WholeBlockOutcome other = WholeBlockClient.run(server.port(), request);

            Outcome outcome = watcher.awaitOutcome();
            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            if (request.direction() == Direction.REVERSE) {
                assertThat(other.received()).isGreaterThanOrEqualTo(request.limit());
                assertThat(bytes(direction(outcome, StreamRole.SENDER).received()))
                        .isEqualTo(other.received());
            }
            if (request.direction() == Direction.FORWARD) {
                assertThat(bytes(direction(outcome, StreamRole.RECEIVER).sent()))
                        .isEqualTo(other.sent());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3_000_000})
    void aServerSendsOnToAClientThatMissesSome(long uncounted) throws Exception {
        var request = WholeBlockRequest.ofBytes(1_000_000, BLOCK).parallel(2).direction(Direction.REVERSE);
        try (Server server = Iperf.server().port(0).start()) {
            WholeBlockOutcome other = WholeBlockClient.run(server.port(), request, uncounted);

            assertThat(other.received()).isGreaterThanOrEqualTo(1_000_000 + uncounted);
        }
    }

    static Stream<SocketFamily> families() {
        return Stream.of(SocketFamilies.best(), SocketFamilies.portable());
    }

    @ParameterizedTest
    @MethodSource("families")
    void aFileArrivesAndCountsWithItsIncompleteLastBlock(SocketFamily family, @TempDir Path folder) throws Exception {
        byte[] content = new byte[3 * BLOCK + 1_272];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("source"), content);
        try (var server = WholeBlockServer.start()) {
            var client = new ClientConfig(
                    new Endpoint("127.0.0.1", server.port()),
                    TestConfig.builder().build(),
                    LocalBinding.ANY.with(new HostResources(file.toString(), null)),
                    Timeouts.DEFAULT,
                    ReportInterval.DEFAULT);

            Outcome outcome = Iperf.client(client).sockets(family).run();

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            assertThat(server.outcome().received()).isEqualTo(content.length);
            assertThat(server.outcome().written().getFirst()).isEqualTo(content);
        }
    }

    @Test
    void aClientOffersTheExtensionOfTheProtocol() throws Exception {
        try (var server = WholeBlockServer.start()) {
            Iperf.client("127.0.0.1")
                    .port(server.port())
                    .test(config(WholeBlockRequest.ofBytes(1, BLOCK), false))
                    .run();

            assertThat(server.outcome().parameters()).endsWith(",\"pitot\":4}");
        }
    }
}
