package dev.pitot.model.sample;

import static dev.pitot.model.sample.Samples.millis;
import static dev.pitot.model.sample.Samples.omitted;
import static dev.pitot.model.sample.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.config.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowAggregatorTest {
    @Test
    void aLengthIsMoreThanNothingAndAtMostADay() {
        assertThatThrownBy(() -> new WindowAggregator(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new WindowAggregator(Duration.ofNanos(-1))).hasMessageContaining("PT-0.000000001S");
        assertThatThrownBy(() -> new WindowAggregator(Duration.ofDays(1).plusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(windows(Duration.ofDays(1), sample(0, 1_000, 1))).hasSize(1);
    }

    @Test
    void aWindowIsToldWhenTheNextOneBegins() {
        var windowAggregator = new WindowAggregator(Duration.ofSeconds(2));

        assertThat(windowAggregator.on(sample(0, 1_000, 1))).isNull();
        assertThat(windowAggregator.on(sample(1_000, 2_000, 2))).isNull();
        Window first = windowAggregator.on(sample(2_000, 3_000, 4));

        assertThat(first)
                .isNotNull()
                .extracting(Window::extent)
                .isEqualTo(new Window.Extent(millis(0, 2_000), 2, 3, 2, 0));
        assertThat(windowAggregator.finish())
                .singleElement()
                .extracting(Window::extent)
                .isEqualTo(new Window.Extent(millis(2_000, 3_000), 1, 4, 1, 0));
        assertThat(windowAggregator.finish()).isEmpty();
    }

    @Test
    void aSampleBelongsWhereItsMiddleLies() {
        List<Window> windows =
                windows(Duration.ofSeconds(1), sample(0, 700, 1), sample(700, 1_299, 2), sample(1_299, 2_000, 4));

        assertThat(windows).extracting(window -> window.extent().bytes()).containsExactly(3L, 4L);
    }

    @Test
    void aSampleLongerThanAWindowIsAWindowOfItsOwn() {
        List<Window> windows = windows(Duration.ofMillis(300), sample(0, 1_000, 1), sample(1_000, 2_000, 2));

        assertThat(windows).extracting(window -> window.extent().bytes()).containsExactly(1L, 2L);
    }

    @Test
    void aWindowOfManyIntervalsHasAsManySamplesThoughTheirEndsJitter() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new SplittableRandom(seed);
            int perWindow = random.nextInt(1, 9);
            var windowAggregator = new WindowAggregator(Duration.ofMillis(100L * perWindow));
            List<Integer> counts = new ArrayList<>();
            long end = 0;
            for (int number = 1; number <= 10 * perWindow; number++) {
                long start = end;
                end = number * 100L + random.nextLong(0, 30);
                count(counts, windowAggregator.on(sample(start, end, 1)));
            }
            windowAggregator.finish().forEach(window -> count(counts, window));

            assertThat(counts).hasSize(10).containsOnly(perWindow);
        }
    }

    @Test
    void alignsToTheTestAlsoWhenSamplesAreMissing() {
        List<Window> windows = windows(
                Duration.ofSeconds(2), sample(1_000, 2_000, 1), sample(2_000, 3_000, 2), sample(9_000, 9_500, 4));

        assertThat(windows)
                .extracting(window -> window.extent().span())
                .containsExactly(millis(1_000, 2_000), millis(2_000, 3_000), millis(9_000, 9_500));
    }

    @Test
    void warmUpIsCountedInTheFirstWindow() {
        List<Window> windows = windows(
                Duration.ofSeconds(2),
                omitted(0, 1_000, 100),
                omitted(1_000, 2_000, 100),
                omitted(2_000, 3_000, 100),
                sample(0, 1_000, 1),
                sample(1_000, 2_000, 2),
                sample(2_000, 3_000, 4));

        assertThat(windows)
                .extracting(Window::extent)
                .containsExactly(
                        new Window.Extent(millis(0, 2_000), 2, 3, 2, 3),
                        new Window.Extent(millis(2_000, 3_000), 1, 4, 1, 0));
    }

    @Test
    void warmUpDoesNotBreakAWindowThatBeginsLate() {
        List<Window> windows = windows(
                Duration.ofSeconds(2), omitted(0, 1_000, 100), sample(2_000, 3_000, 1), sample(3_000, 4_000, 2));

        assertThat(windows)
                .extracting(Window::extent)
                .containsExactly(new Window.Extent(millis(2_000, 4_000), 2, 3, 2, 1));
    }

    @Test
    void warmUpOfAnotherNumberOfStreamsIsCountedToo() {
        List<Window> windows = windows(
                Duration.ofSeconds(2),
                Samples.sample(Samples.SENDING, Samples.bytes(millis(0, 1_000), 1), 2, true),
                sample(0, 1_000, 1));

        assertThat(windows).extracting(Window::extent).containsExactly(new Window.Extent(millis(0, 1_000), 1, 1, 1, 1));
    }

    @Test
    void aTestOfNothingButWarmUpHasNoWindow() {
        assertThat(windows(Duration.ofSeconds(1), omitted(0, 1_000, 1), omitted(1_000, 2_000, 1)))
                .isEmpty();
    }

    @Test
    void anotherNumberOfStreamsEndsAWindow() {
        List<Window> windows = windows(
                Duration.ofSeconds(10),
                sample(0, 1_000, 1),
                Samples.sample(Samples.SENDING, Samples.bytes(millis(1_000, 2_000), 2), 4, false));

        assertThat(windows).extracting(Window::streams).containsExactly(1, 4);
    }

    @Test
    void asManySamplesAsADayHasSecondsEndAWindow() {
        var windowAggregator = new WindowAggregator(WindowAggregator.MAX_LENGTH);
        List<Integer> counts = new ArrayList<>();
        for (int number = 0; number <= WindowAggregator.MAX_SAMPLES; number++) {
            IntervalMetrics metrics = Samples.bytes(millis(number * 10L, number * 10L + 10), 1);
            count(counts, windowAggregator.on(Samples.sample(Samples.SENDING, metrics, 1, false)));
        }
        windowAggregator.finish().forEach(window -> count(counts, window));

        assertThat(counts).containsExactly(WindowAggregator.MAX_SAMPLES, 1);
    }

    @Test
    void anotherContextEndsAWindow() {
        var udp = new Sample.Context(Samples.SENDING.role(), Samples.SENDING.direction(), Protocol.UDP);

        List<Window> windows = windows(
                Duration.ofSeconds(10),
                sample(0, 1_000, 1),
                Samples.sample(udp, Samples.bytes(millis(1_000, 2_000), 2), 1, false));

        assertThat(windows).extracting(Window::context).containsExactly(Samples.SENDING, udp);
    }

    @Test
    void bothDirectionsHaveWindowsOfTheirOwn() {
        var windowAggregator = new WindowAggregator(Duration.ofSeconds(2));
        List<Window> windows = new ArrayList<>();
        for (int second = 0; second < 3; second++) {
            IntervalMetrics metrics = Samples.bytes(millis(second * 1_000L, second * 1_000L + 1_000), second + 1);
            add(windows, windowAggregator.on(Samples.sample(Samples.SENDING, metrics, 1, false)));
            add(windows, windowAggregator.on(Samples.sample(Samples.RECEIVING, metrics, 1, false)));
        }
        windows.addAll(windowAggregator.finish());

        assertThat(windows)
                .extracting(Window::context)
                .containsExactly(Samples.SENDING, Samples.RECEIVING, Samples.SENDING, Samples.RECEIVING);
        assertThat(windows).extracting(window -> window.extent().bytes()).containsExactly(3L, 3L, 3L, 3L);
    }

    private static List<Window> windows(Duration length, Sample... samples) {
        var windowAggregator = new WindowAggregator(length);
        List<Window> windows = new ArrayList<>();
        for (Sample sample : samples) {
            add(windows, windowAggregator.on(sample));
        }
        windows.addAll(windowAggregator.finish());
        return windows;
    }

    private static void add(List<Window> windows, @Nullable Window window) {
        if (window != null) {
            windows.add(window);
        }
    }

    private static void count(List<Integer> counts, @Nullable Window window) {
        if (window != null) {
            counts.add(window.extent().samples());
        }
    }
}
