package dev.pitot.engine.server;

import dev.pitot.model.event.ServerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Counts of the connections that a server turned away or lost. Of each reason the first becomes
/// an event at once, and those that follow one event for every [#PERIOD], so that a flood of
/// connections is no flood of events. Guarded by its owner.
final class RejectionCounts {
    /// The time that one event with a count stands for.
    static final Duration PERIOD = Duration.ofSeconds(10);

    /// Reasons that are counted apart; some have an error's text in them.
    static final int MAX_REASONS = 32;

    private static final int MAX_HOSTS = 3;

    private final Map<Reason, Count> counts = new LinkedHashMap<>();

    /// The sort of what was turned away, which decides on the event.
    enum Kind {
        /// A connection.
        CONNECTION("connections were turned away for other reasons") {
            @Override
            ServerEvent event(String text, long count, @Nullable Throwable cause) {
                return new ServerEvent.ConnectionDropped(text, count, cause);
            }
        },
        /// The test of a client.
        TEST("clients were turned away for other reasons") {
            @Override
            ServerEvent event(String text, long count, @Nullable Throwable cause) {
                return new ServerEvent.TestRefused(text, count);
            }
        };

        private final String otherReasons;

        Kind(String otherReasons) {
            this.otherReasons = otherReasons;
        }

        /// @param text for people
        /// @param count how many there were
        /// @param cause what was thrown for a connection, or null
        abstract ServerEvent event(String text, long count, @Nullable Throwable cause);
    }

    /// Why a connection or client was turned away.
    ///
    /// @param kind of the event
    record Reason(Kind kind, String text) {}

    /// Those of one reason that have not become an event yet.
    private static final class Count {
        private final Set<String> hosts = new LinkedHashSet<>();
        private long sinceNanos;
        private long number;
        private boolean isFromMore;

        Count(long nowNanos) {
            sinceNanos = nowNanos;
        }

        void add(@Nullable String host) {
            number++;
            if (host == null || hosts.contains(host)) {
                return;
            }
            if (hosts.size() < MAX_HOSTS) {
                hosts.add(host);
            } else {
                isFromMore = true;
            }
        }

        ServerEvent event(Reason reason, long nowNanos) {
            long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nowNanos - sinceNanos));
            return reason.kind.event(
                    reason.text + " (" + number + " more in " + seconds + " s" + from() + ")", number, null);
        }

        private String from() {
            return hosts.isEmpty() ? "" : ", from " + String.join(", ", hosts) + (isFromMore ? " and others" : "");
        }

        void restart(long nowNanos) {
            sinceNanos = nowNanos;
            number = 0;
            isFromMore = false;
            hosts.clear();
        }
    }

    /// Counts a connection.
    ///
    /// @param reason why it was turned away, and the kind of the event
    /// @param host from where it came, if that is known
    /// @param cause what was thrown, or null
    /// @return the event, if it is the first of its reason
    @Nullable ServerEvent add(Reason reason, @Nullable String host, @Nullable Throwable cause, long nowNanos) {
        Reason known = counts.containsKey(reason) || counts.size() < MAX_REASONS
                ? reason
                : new Reason(reason.kind, reason.kind.otherReasons);
        Count count = counts.get(known);
        if (count != null) {
            count.add(host);
            return null;
        }
        counts.put(known, new Count(nowNanos));
        return reason.kind.event(host == null ? known.text : known.text + " (from " + host + ")", 1, cause);
    }

    /// What is to be told now. A reason without a connection for a whole period is forgotten: the
    /// next is the first again.
    List<ServerEvent> due(long nowNanos) {
        List<ServerEvent> events = new ArrayList<>();
        Iterator<Map.Entry<Reason, Count>> each = counts.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Reason, Count> next = each.next();
            Count count = next.getValue();
            if (nowNanos - count.sinceNanos < PERIOD.toNanos()) {
                continue;
            }
            if (count.number == 0) {
                each.remove();
            } else {
                events.add(count.event(next.getKey(), nowNanos));
                count.restart(nowNanos);
            }
        }
        return events;
    }

    /// All that is left to tell, whatever the time.
    List<ServerEvent> rest(long nowNanos) {
        List<ServerEvent> events = new ArrayList<>();
        counts.forEach((reason, count) -> {
            if (count.number > 0) {
                events.add(count.event(reason, nowNanos));
            }
        });
        counts.clear();
        return events;
    }

    /// Whether anything has to be told or forgotten later.
    boolean isEmpty() {
        return counts.isEmpty();
    }
}
