package dev.pitot.message;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// When which of many links wants to be flushed: a heap, so that idle ones cost nothing. What is
/// set is exact: an endpoint that thought a timer near, though it has moved on since, would nap
/// and look again instead of waiting for datagrams, and answer late.
final class TimerQueue<T> {
    private static final int NOWHERE = -1;

    private final ArrayList<Timer<T>> heap = new ArrayList<>();

    /// One place in the queue.
    static final class Timer<T> {
        private final T owner;
        private int index = NOWHERE;
        private long at;

        Timer(T owner) {
            this.owner = owner;
        }

        /// Whose it is.
        T owner() {
            return owner;
        }
    }

    /// Sees to it that an alarm goes off then, or earlier.
    ///
    /// @param at [Long#MAX_VALUE] for never: then what was noted stays
    void note(Timer<T> timer, long at) {
        if (at == Long.MAX_VALUE) {
            return;
        }
        if (timer.index == NOWHERE) {
            timer.at = at;
            heap.add(timer);
            rise(timer, heap.size() - 1);
        } else if (at < timer.at) {
            timer.at = at;
            rise(timer, timer.index);
        }
    }

    /// Lets an alarm go off at that time, whatever was noted before.
    ///
    /// @param at [Long#MAX_VALUE] for never
    void set(Timer<T> timer, long at) {
        if (at == Long.MAX_VALUE) {
            remove(timer);
        } else if (timer.index == NOWHERE || at <= timer.at) {
            note(timer, at);
        } else {
            timer.at = at;
            sink(timer, timer.index);
        }
    }

    /// Takes out one that was to go off by now; null if there is none.
    @Nullable Timer<T> due(long now) {
        if (next() > now || heap.isEmpty()) {
            return null;
        }
        Timer<T> first = heap.getFirst();
        remove(first);
        return first;
    }

    /// When the first goes off; [Long#MAX_VALUE] if none does.
    long next() {
        return heap.isEmpty() ? Long.MAX_VALUE : heap.getFirst().at;
    }

    /// Forgets an alarm, if it is known.
    void remove(Timer<T> timer) {
        int hole = timer.index;
        if (hole == NOWHERE) {
            return;
        }
        timer.index = NOWHERE;
        Timer<T> last = heap.removeLast();
        if (last != timer) {
            sink(last, hole);
            rise(last, last.index);
        }
    }

    private void rise(Timer<T> timer, int from) {
        int place = from;
        while (place > 0) {
            int above = (place - 1) / 2;
            Timer<T> other = heap.get(above);
            if (other.at <= timer.at) {
                break;
            }
            put(other, place);
            place = above;
        }
        put(timer, place);
    }

    private void sink(Timer<T> timer, int from) {
        int size = heap.size();
        int place = from;
        while (2 * place + 1 < size) {
            int below = 2 * place + 1;
            if (below + 1 < size && heap.get(below + 1).at < heap.get(below).at) {
                below++;
            }
            Timer<T> other = heap.get(below);
            if (other.at >= timer.at) {
                break;
            }
            put(other, place);
            place = below;
        }
        put(timer, place);
    }

    private void put(Timer<T> timer, int place) {
        heap.set(place, timer);
        timer.index = place;
    }
}
