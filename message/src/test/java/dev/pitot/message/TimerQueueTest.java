package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
    @Test
    void goesOffInTheOrderOfTime() {
        var queue = new TimerQueue<Integer>();
        var random = new Random(5);
        var expected = new TreeMap<Long, Integer>();
        for (int i = 0; i < 1000; i++) {
            long at = random.nextInt(1_000_000) * 1000L + i;
            expected.put(at, i);
            queue.note(new TimerQueue.Timer<>(i), at);
        }
        List<Integer> order = new ArrayList<>();

        for (var due = queue.due(Long.MAX_VALUE); due != null; due = queue.due(Long.MAX_VALUE)) {
            order.add(due.owner());
        }

        assertThat(order).containsExactlyElementsOf(expected.values());
    }

    @Test
    void anEarlierTimeCountsAndALaterOneDoesNot() {
        var queue = new TimerQueue<String>();
        var timer = new TimerQueue.Timer<>("it");

        queue.note(timer, 100);
        queue.note(timer, 200);
        assertThat(queue.next()).isEqualTo(100);
        queue.note(timer, 50);
        queue.note(timer, Long.MAX_VALUE);

        assertThat(queue.due(49)).isNull();
        assertThat(queue.due(50)).isSameAs(timer);
        assertThat(queue.next()).isEqualTo(Long.MAX_VALUE);
        assertThat(queue.due(Long.MAX_VALUE)).isNull();
    }

    @Test
    void whatIsSetReplacesWhatWasNoted() {
        var queue = new TimerQueue<Integer>();
        var random = new Random(6);
        var expected = new TreeMap<Long, Integer>();
        List<TimerQueue.Timer<Integer>> timers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            timers.add(new TimerQueue.Timer<>(i));
            queue.note(timers.get(i), random.nextInt(1_000_000));
        }
        for (int i = 0; i < 1000; i++) {
            long at = i % 10 == 0 ? Long.MAX_VALUE : random.nextInt(1_000_000) * 1000L + i;
            queue.set(timers.get(i), at);
            if (at != Long.MAX_VALUE) {
                expected.put(at, i);
            }
        }
        List<Integer> order = new ArrayList<>();

        for (var due = queue.due(Long.MAX_VALUE); due != null; due = queue.due(Long.MAX_VALUE)) {
            order.add(due.owner());
        }

        assertThat(order).containsExactlyElementsOf(expected.values());
    }

    @Test
    void whatIsRemovedDoesNotGoOff() {
        var queue = new TimerQueue<Integer>();
        List<TimerQueue.Timer<Integer>> timers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            var timer = new TimerQueue.Timer<>(i);
            timers.add(timer);
            queue.note(timer, (i * 37) % 100);
        }
        for (int i = 0; i < 100; i += 2) {
            queue.remove(timers.get(i));
            queue.remove(timers.get(i));
        }

        int last = -1;
        int count = 0;
        for (var due = queue.due(1000); due != null; due = queue.due(1000)) {
            assertThat(due.owner() % 2).isEqualTo(1);
            assertThat(due.owner() * 37 % 100).isGreaterThan(last);
            last = due.owner() * 37 % 100;
            count++;
        }
        assertThat(count).isEqualTo(50);
    }
}
