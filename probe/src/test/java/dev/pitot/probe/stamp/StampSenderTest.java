package dev.pitot.probe.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.result.OneWayDelay;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.testkit.Awaiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@Tag("slow")
class StampSenderTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private final AtomicInteger count = new AtomicInteger(); // of the reflector

    @Test
    void saysInWhichDirectionPacketsWereLost() throws Exception {
        try (var reflector = new ScriptedReflector((number, request) -> {
            if (number % 10 == 3) {
                return List.of(); // lost on the way there: the reflector does not see it
            }
            int sequence = count.getAndIncrement();
            return number % 10 == 5 ? List.of() : List.of(ScriptedReflector.answer(request, sequence, 0));
        })) {
            StampResult result = run(reflector, 100);

            assertThat(result.loss()).isEqualTo(new StampLoss.ByDirection(10, 10, 0));
            assertThat(result.counts()).isEqualTo(new StampResult.Counts(100, 80, 0, 0, 0));
            assertThat(result.clocks().ttl()).isEqualTo(64);
        }
    }

    @Test
    void worksWithTwampLightThatRepeatsTheNumbers() throws Exception {
        try (var reflector = new ScriptedReflector((number, request) -> number == 4
                ? List.of()
                : List.of(Arrays.copyOf(ScriptedReflector.answer(request, request[3], 0), 41)))) {
            StampResult result = run(reflector, 20);

            assertThat(result.loss()).isEqualTo(new StampLoss.Unknown(1));
            assertThat(result.counts().answered()).isEqualTo(19);
        }
    }

    @Test
    void findsTheOffsetOfAnotherClock() throws Exception {
        try (var reflector = new ScriptedReflector(
                (_, request) -> List.of(ScriptedReflector.answer(request, count.getAndIncrement(), HOUR_NANOS)))) {
            StampResult result = run(reflector, 50);

            var measured = (OneWayDelay.Measured) result.oneWay();
            assertThat(HOUR_NANOS)
                    .isBetween(
                            measured.offset().lowerNanos() - 10_000,
                            measured.offset().upperNanos() + 10_000);
        }
    }

    @Test
    void saysThatTheOtherClockWasSet() throws Exception {
        try (var reflector = new ScriptedReflector((number, request) ->
                List.of(ScriptedReflector.answer(request, count.getAndIncrement(), number < 25 ? 0 : HOUR_NANOS)))) {
            StampResult result = run(reflector, 50);

            assertThat(result.oneWay()).isEqualTo(new OneWayDelay.Unknown(OneWayDelay.Reason.CLOCK_STEPPED));
            assertThat(Objects.requireNonNull(result.roundTrips()).samples()).isEqualTo(50);
        }
    }

    @Test
    void countsDuplicatesAndIgnoresWhatIsNoAnswer() throws Exception {
        var random = new SplittableRandom(5);
        try (var reflector = new ScriptedReflector((number, request) -> {
            byte[] answer = ScriptedReflector.answer(request, number, 0);
            byte[] other = answer.clone();
            other[30] ^= 1; // the sender's timestamp
            byte[] noise = new byte[number * 4];
            random.nextBytes(noise);
            return List.of(noise, other, Arrays.copyOf(answer, 40), answer, answer);
        })) {
            StampResult result = run(reflector, 100);

            assertThat(result.counts().answered()).isEqualTo(100);
            assertThat(result.counts().duplicates()).isBetween(99L, 100L); // the last may come too late
            assertThat(result.counts().invalid()).isBetween(297L, 300L);
            assertThat(result.loss()).isEqualTo(new StampLoss.ByDirection(0, 0, 0));
        }
    }

    @Test
    void leavesOutPercentilesThatTheSamplesDoNotCarry() throws Exception {
        try (var reflector = new ScriptedReflector(
                (_, request) -> List.of(ScriptedReflector.answer(request, count.getAndIncrement(), 0)))) {
            RoundTripStatistics few = Objects.requireNonNull(run(reflector, 50).roundTrips());
            RoundTripStatistics more =
                    Objects.requireNonNull(run(reflector, 250).roundTrips());

            assertThat(few.percentiles().p50()).isNotNull();
            assertThat(few.percentiles().p95()).isNull();
            assertThat(more.percentiles().p95()).isNotNull();
            assertThat(more.percentiles().p99()).isNull();
        }
    }

    @Test
    void survivesEveryAnswer() throws Exception {
        var random = new SplittableRandom(6);
        try (var reflector = new ScriptedReflector((_, request) -> Stream.generate(() -> {
                    byte[] answer = ScriptedReflector.answer(request, random.nextInt(), 0);
                    for (int i = random.nextInt(8); i > 0; i--) {
                        answer[random.nextInt(24)] = (byte) random.nextInt(); // all but what proves the request
                    }
                    return Arrays.copyOf(answer, 41 + random.nextInt(1400));
                })
                .limit(5)
                .toList())) {
            StampResult result = run(reflector, 500);

            // five answers at once may be more than the socket holds while others use the processor
            assertThat(result.counts().sent()).isEqualTo(500);
            assertThat(result.counts().answered()).isBetween(250L, 500L);
        }
    }

    @Test
    void endsWithinASecondWithWhatItHas() throws Exception {
        try (var reflector = new ScriptedReflector(
                (_, request) -> List.of(ScriptedReflector.answer(request, count.getAndIncrement(), 0)))) {
            var plan =
                    new StampPlan(1_000_000, Duration.ofMinutes(30), Duration.ofSeconds(60), 0, StampOptions.DEFAULT);
            var sender = new StampSender(reflector.address(), plan);
            CompletableFuture<StampResult> result = running(sender);
            Awaiter.await(() -> count.get() == 1);
            sender.cancel();

            // far less than the half hour to the next packet
            assertThat(result.get(30, TimeUnit.SECONDS).counts().sent()).isEqualTo(1);
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        InetSocketAddress nobody;
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        var sender = new StampSender(nobody, plan(5));

        assertThatThrownBy(sender::run)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody answers at")
                .hasMessageContaining("start a reflector there");
    }

    @Test
    void saysThatTheTimeOfDayWasSet() throws Exception {
        var wall = new AtomicReference<>(Instant.now());
        var clock = new StampClock(System::nanoTime, wall::get);
        wall.set(Instant.now().plusSeconds(30));
        try (var reflector = new ScriptedReflector(
                (_, request) -> List.of(ScriptedReflector.answer(request, count.getAndIncrement(), 0)))) {
            StampResult result = new StampSender(reflector.address(), plan(10), clock).run();

            assertThat(result.clocks().step()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(31));
            assertThat(result.oneWay()).isInstanceOf(OneWayDelay.Measured.class);
        }
    }

    private static CompletableFuture<StampResult> running(StampSender sender) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return sender.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private StampResult run(ScriptedReflector reflector, int packets) throws IOException {
        count.set(0);
        return new StampSender(reflector.address(), plan(packets)).run();
    }

    private static StampPlan plan(int packets) {
        return new StampPlan(packets, Duration.ofMillis(1), Duration.ofSeconds(2), 0, StampOptions.DEFAULT);
    }
}
