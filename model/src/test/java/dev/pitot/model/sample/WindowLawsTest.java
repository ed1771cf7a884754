package dev.pitot.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.time.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Properties of windows that hold for any samples.
class WindowLawsTest {
    private static final int TESTS = 1_500;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingIsLostOrCountedTwice(long family) {
        for (int number = 0; number < TESTS; number++) {
            var random = new SplittableRandom(family * TESTS + number);
            List<Sample> samples = samples(random);
            var counted = samples.stream().filter(sample -> !sample.omitted()).toList();

            List<Window> windows = windows(random, samples);

            assertThat(sum(windows, window -> window.extent().bytes()))
                    .isEqualTo(sum(counted, sample -> sample.total().bytes()));
            assertThat(sum(windows, window -> (long) window.extent().samples())).isEqualTo(counted.size());
            assertThat(sum(windows, window -> (long) window.extent().omittedSamples()))
                    .isEqualTo(counted.isEmpty() ? 0 : samples.size() - counted.size());
            assertThat(windows.stream()
                            .mapToDouble(window -> window.extent().seconds())
                            .sum())
                    .isCloseTo(
                            counted.stream()
                                    .mapToDouble(sample -> sample.total().span().seconds())
                                    .sum(),
                            within(1e-6));
            assertCounters(windows, counted);
        }
    }

    private static void assertCounters(List<Window> windows, List<Sample> counted) {
        assertThat(known(windows, window -> window.counters().retransmits()))
                .isEqualTo(known(counted, sample -> sample.total().retransmits()));
        assertThat(known(windows, window -> window.counters().reorderings()))
                .isEqualTo(known(counted, sample -> tcp(sample, TcpMetrics::reorderings)));
        assertThat(known(windows, window -> window.counters().packets()))
                .isEqualTo(known(counted, sample -> datagrams(sample, Datagrams::packets)));
        assertThat(known(windows, window -> window.counters().lost()))
                .isEqualTo(known(counted, sample -> reception(sample, Datagrams.Reception::lost)));
        assertThat(known(windows, window -> window.counters().outOfOrder()))
                .isEqualTo(known(counted, sample -> reception(sample, Datagrams.Reception::outOfOrder)));
        assertThat(known(windows, window -> window.counters().duplicates()))
                .isEqualTo(known(counted, sample -> reception(sample, Datagrams.Reception::duplicates)));
        for (TcpField counter : TcpField.values()) {
            if (counter.isCounter()) {
                assertThat(known(
                                windows, window -> kernel(window.distributions().kernel(), counter)))
                        .isEqualTo(
                                known(counted, sample -> kernel(sample.total().kernel(), counter)));
            }
        }
    }

    private static @Nullable Long kernel(@Nullable KernelValues<TcpField> values, TcpField field) {
        OptionalLong value = values == null ? OptionalLong.empty() : values.get(field);
        return value.isEmpty() ? null : value.getAsLong();
    }

    @Test
    void figuresAreOrderedAndNumbers() {
        for (int seed = 0; seed < TESTS; seed++) {
            var random = new SplittableRandom(seed);
            for (Window window : windows(random, samples(random))) {
                for (Distribution distribution : distributions(window)) {
                    assertThat(distribution.samples())
                            .isBetween(1, window.extent().samples());
                    assertThat(new double[] {
                                distribution.min(),
                                distribution.spread().p50(),
                                distribution.spread().p95(),
                                distribution.spread().p99(),
                                distribution.max()
                            })
                            .isSorted();
                    assertThat(distribution.mean()).isBetween(distribution.min(), distribution.max());
                    assertThat(distribution.spread().standardDeviation())
                            .isFinite()
                            .isNotNegative();
                }
            }
        }
    }

    @Test
    void noWindowIsEmptyAndTheyAreInOrder() {
        for (int seed = 0; seed < TESTS; seed++) {
            var random = new SplittableRandom(seed);
            long end = 0;
            for (Window window : windows(random, samples(random))) {
                assertThat(window.extent().samples()).isPositive();
                assertThat(window.extent().span().startNanos()).isGreaterThanOrEqualTo(end);
                end = window.extent().span().endNanos();
            }
        }
    }

    private static List<Window> windows(SplittableRandom random, List<Sample> samples) {
        var windowAggregator = new WindowAggregator(Duration.ofMillis(random.nextInt(1, 5_000)));
        List<Window> windows = new ArrayList<>();
        for (Sample sample : samples) {
            Window ended = windowAggregator.on(sample);
            if (ended != null) {
                windows.add(ended);
            }
        }
        windows.addAll(windowAggregator.finish());
        return windows;
    }

    /// Returns a random test: possibly a warm-up, then intervals of any length, some empty, some
    /// missing.
    private static List<Sample> samples(SplittableRandom random) {
        List<Sample> samples = new ArrayList<>();
        for (boolean omitted : new boolean[] {true, false}) {
            long end = 0;
            for (int left = random.nextInt(0, 30); left > 0; left--) {
                long start = end + (random.nextInt(10) == 0 ? random.nextLong(2_000_000_000) : 0);
                end = start + (random.nextInt(10) == 0 ? 0 : random.nextLong(1_500_000_000));
                int streams = random.nextInt(20) == 0 ? 2 : 1;
                samples.add(Samples.sample(Samples.SENDING, metrics(random, new Span(start, end)), streams, omitted));
            }
        }
        return samples;
    }

    private static IntervalMetrics metrics(SplittableRandom random, Span span) {
        var roundTrip = new TcpMetrics.RoundTrip(random.nextDouble(), random.nextDouble());
        Double window = maybe(random, random.nextDouble(1e9));
        TcpMetrics tcp =
                maybe(random, new TcpMetrics(random.nextInt(9), random.nextInt(9), roundTrip, window, window, 1_500));
        Datagrams.Reception reception = maybe(
                random,
                new Datagrams.Reception(
                        maybe(random, random.nextLong(9)), random.nextInt(9), random.nextInt(9), random.nextDouble()));
        return new IntervalMetrics(
                span,
                random.nextLong(1L << 40),
                maybe(random, random.nextLong(9)),
                tcp,
                maybe(random, new Datagrams(random.nextLong(1_000), reception)),
                maybe(random, TcpReadings.random(random)));
    }

    private static <T> @Nullable T maybe(SplittableRandom random, T value) {
        return random.nextBoolean() ? value : null;
    }

    private static List<Distribution> distributions(Window window) {
        Window.TcpDistributions tcp = window.distributions().tcp();
        List<Distribution> distributions = new ArrayList<>();
        add(distributions, window.distributions().bitsPerSecond());
        add(distributions, window.distributions().jitterSeconds());
        add(distributions, tcp.roundTripSeconds());
        add(distributions, tcp.roundTripVarianceSeconds());
        add(distributions, tcp.congestionBytes());
        add(distributions, tcp.peerBytes());
        add(distributions, tcp.pathMtuBytes());
        return distributions;
    }

    private static void add(List<Distribution> distributions, @Nullable Distribution distribution) {
        if (distribution != null) {
            distributions.add(distribution);
        }
    }

    private static <T> long sum(List<T> all, Function<T, Long> figure) {
        return all.stream().mapToLong(figure::apply).sum();
    }

    /// Sum of the known values, -1 if there are none.
    private static <T> long known(List<T> all, Function<T, @Nullable Long> figure) {
        List<Long> known = new ArrayList<>();
        for (T one : all) {
            Long value = figure.apply(one);
            if (value != null) {
                known.add(value);
            }
        }
        return known.isEmpty() ? -1 : known.stream().mapToLong(Long::longValue).sum();
    }

    private static @Nullable Long tcp(Sample sample, Function<TcpMetrics, Long> figure) {
        TcpMetrics tcp = sample.total().tcp();
        return tcp == null ? null : figure.apply(tcp);
    }

    private static @Nullable Long datagrams(Sample sample, Function<Datagrams, Long> figure) {
        Datagrams datagrams = sample.total().datagrams();
        return datagrams == null ? null : figure.apply(datagrams);
    }

    private static @Nullable Long reception(Sample sample, Function<Datagrams.Reception, @Nullable Long> figure) {
        Datagrams datagrams = sample.total().datagrams();
        Datagrams.Reception reception = datagrams == null ? null : datagrams.reception();
        return reception == null ? null : figure.apply(reception);
    }
}
