package dev.pitot.message;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// When which of many links wants to be flushed: a heap, so that idle ones cost nothing. What is
/// set is exact: an endpoint that thought a timer near, though it has moved on since, would nap
/// and look again instead of waiting for datagrams, and answer late.
final class AlarmQueue<T> {
    private static final int NOWHERE = -1;

    private final ArrayList<Alarm<T>> heap = new ArrayList<>();

    /// One place in the queue.
    static final class Alarm<T> {
        private final T owner;
        private int index = NOWHERE;
        private long at;

        Alarm(T owner) {
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
    void note(Alarm<T> alarm, long at) {
        if (at == Long.MAX_VALUE) {
            return;
        }
        if (alarm.index == NOWHERE) {
            alarm.at = at;
            heap.add(alarm);
            rise(alarm, heap.size() - 1);
        } else if (at < alarm.at) {
            alarm.at = at;
            rise(alarm, alarm.index);
        }
    }

    /// Lets an alarm go off at that time, whatever was noted before.
    ///
    /// @param at [Long#MAX_VALUE] for never
    void set(Alarm<T> alarm, long at) {
        if (at == Long.MAX_VALUE) {
            remove(alarm);
        } else if (alarm.index == NOWHERE || at <= alarm.at) {
            note(alarm, at);
        } else {
            alarm.at = at;
            sink(alarm, alarm.index);
        }
    }

    /// Takes out one that was to go off by now; null if there is none.
    @Nullable Alarm<T> due(long now) {
        if (next() > now || heap.isEmpty()) {
            return null;
        }
        Alarm<T> first = heap.getFirst();
        remove(first);
        return first;
    }

    /// When the first goes off; [Long#MAX_VALUE] if none does.
    long next() {
        return heap.isEmpty() ? Long.MAX_VALUE : heap.getFirst().at;
    }

    /// Forgets an alarm, if it is known.
    void remove(Alarm<T> alarm) {
        int hole = alarm.index;
        if (hole == NOWHERE) {
            return;
        }
        alarm.index = NOWHERE;
        Alarm<T> last = heap.removeLast();
        if (last != alarm) {
            sink(last, hole);
            rise(last, last.index);
        }
    }

    private void rise(Alarm<T> alarm, int from) {
        int place = from;
        while (place > 0) {
            int above = (place - 1) / 2;
            Alarm<T> other = heap.get(above);
            if (other.at <= alarm.at) {
                break;
            }
            put(other, place);
            place = above;
        }
        put(alarm, place);
    }

    private void sink(Alarm<T> alarm, int from) {
        int size = heap.size();
        int place = from;
        while (2 * place + 1 < size) {
            int below = 2 * place + 1;
            if (below + 1 < size && heap.get(below + 1).at < heap.get(below).at) {
                below++;
            }
            Alarm<T> other = heap.get(below);
            if (other.at >= alarm.at) {
                break;
            }
            put(other, place);
            place = below;
        }
        put(alarm, place);
    }

    private void put(Alarm<T> alarm, int place) {
        heap.set(place, alarm);
        alarm.index = place;
    }
}
