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

/// Counters of the connections that a server rejected or lost. The first of each reason becomes an event
/// at once, the following ones are combined into one event per [#PERIOD], so that a flood of connections
/// does not become a flood of events. Guarded by its owner.
final class RejectionCounts {
    /// Time covered by one event with a count.
    static final Duration PERIOD = Duration.ofSeconds(10);

    /// Maximum number of reasons that are counted separately; some contain an error's text.
    static final int MAX_REASONS = 32;

    private static final int MAX_HOSTS = 3;

    private final Map<Reason, Count> counts = new LinkedHashMap<>();

    /// Kind of what was rejected, which determines the event.
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

        /// @param text for the report
        /// @param count number of rejections
        /// @param cause the exception of a connection, or null
        abstract ServerEvent event(String text, long count, @Nullable Throwable cause);
    }

    /// Reason of a rejection.
    ///
    /// @param kind of the event
    record Reason(Kind kind, String text) {}

    /// Rejections of one reason that are not reported yet.
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

    /// Counts a rejection.
    ///
    /// @param reason of the rejection, with the kind of the event
    /// @param host of the client, if known
    /// @param cause the exception, or null
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

    /// Returns the events that are due. A reason without a rejection for a whole period is forgotten: the
    /// next one is the first again.
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

    /// Returns events for all counts that are left, due or not.
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

    /// True if no count is left to report or to forget.
    boolean isEmpty() {
        return counts.isEmpty();
    }
}
