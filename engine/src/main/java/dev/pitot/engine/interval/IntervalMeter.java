package dev.pitot.engine.interval;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.model.time.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Divides a test into intervals and keeps its totals. The session's thread asks when the next reading is
/// due and then calls [#lookIfDue].
///
/// Time runs from the start of the test; if there is a warm-up, it starts again at 0 when the warm-up
/// ends, as in iperf.
public final class IntervalMeter {
    /// A shorter remainder without data is not reported as an interval (iperf: ignoring short interval
    /// with no data).
    private static final double MIN_REST = 0.1;

    private final List<StreamMeter> streams;
    private final long intervalNanos;
    private final long omitNanos;
    private final long endNanos;
    private long baseNanos;
    private long lastNanos;
    private long ticks;
    private boolean omitting;
    private long sentNanos;
    private long receivedNanos;

    /// Creates a meter for streams that are about to start.
    ///
    /// @param omitNanos length of the warm-up, 0 for none
    /// @param endNanos length of the counted part where this end decides it, else `Long.MAX_VALUE`; the
    ///     interval that would end then is left to [#finish(long)], so that no remainder follows it
    public IntervalMeter(
            List<OpenStream> streams, Protocol protocol, ReportInterval interval, long omitNanos, long endNanos) {
        this.streams = streams.stream()
                .map(open -> new StreamMeter(open, protocol.isDatagram()))
                .toList();
        this.omitNanos = omitNanos;
        this.endNanos = endNanos;
        intervalNanos = interval.length().toNanos();
        omitting = omitNanos > 0;
    }

    /// Starts the test.
    public void start(long nowNanos) {
        baseNanos = nowNanos;
        lastNanos = nowNanos;
    }

    public boolean isOmitting() {
        return omitting;
    }

    /// Nanoseconds until the next action: a reading, the end of the warm-up, or the end of the counted
    /// part. `Long.MAX_VALUE` if there is none.
    public long nanosUntilDue(long nowNanos) {
        long elapsed = nowNanos - baseNanos;
        long due = omitting ? omitNanos : endNanos;
        if (intervalNanos > 0) {
            due = Math.min(due, (ticks + 1) * intervalNanos);
        }
        return due == Long.MAX_VALUE ? due : due - elapsed;
    }

    /// True if this end decides the length of the counted part and it is over.
    public boolean isOver(long nowNanos) {
        return !omitting && nowNanos - baseNanos >= endNanos;
    }

    /// Reads the counters if an interval or the warm-up has ended.
    ///
    /// @return the interval that has ended, or null if none has
    public @Nullable Interval lookIfDue(long nowNanos) {
        long elapsed = nowNanos - baseNanos;
        if (omitting && elapsed >= omitNanos) {
            return endOmission(nowNanos);
        }
        if (intervalNanos > 0 && elapsed >= (ticks + 1) * intervalNanos && (omitting || elapsed < endNanos)) {
            ticks = elapsed / intervalNanos; // a late reading ends one long interval, not several empty ones
            return look(nowNanos);
        }
        return null;
    }

    private @Nullable Interval endOmission(long nowNanos) {
        boolean isWorthTelling = intervalNanos > 0 && nowNanos - lastNanos >= MIN_REST * intervalNanos;
        Interval interval = look(nowNanos);
        streams.forEach(StreamMeter::startCounting);
        omitting = false;
        baseNanos = nowNanos;
        lastNanos = nowNanos;
        ticks = 0;
        return isWorthTelling ? interval : null;
    }

    /// Takes the last reading. Called after counting has stopped.
    ///
    /// @return the rest since the last interval, or null if it is short and empty
    public @Nullable Interval finish(long nowNanos) {
        return finish(nowNanos, ReceiveWindow.until(nowNanos));
    }

    /// Takes the last reading of an end whose two directions end at different moments.
    ///
    /// @param sendersEndNanos time when the senders stopped
    /// @param received time in which the receivers' data arrived
    /// @return as for [#finish(long)]
    public @Nullable Interval finish(long sendersEndNanos, ReceiveWindow received) {
        sentNanos = Math.max(0, sendersEndNanos - baseNanos); // a file may end in the warm-up
        receivedNanos = received.nanosSince(baseNanos);
        long last = lastNanos - baseNanos;
        var sending = new Span(last, Math.max(last, sentNanos));
        var receiving = new Span(last, Math.max(last, received.intervalEnd(baseNanos) - baseNanos));
        Interval interval = look(sending, receiving);
        long rest = interval.sums().stream()
                .mapToLong(sum -> sum.span().nanos())
                .max()
                .orElse(0);
        lastNanos += rest;
        boolean isEmpty = interval.streams().stream().allMatch(stream -> stream.bytes() == 0);
        return isEmpty && (intervalNanos == 0 ? rest == 0 : rest < MIN_REST * intervalNanos) ? null : interval;
    }

    private Interval look(long nowNanos) {
        var span = new Span(lastNanos - baseNanos, nowNanos - baseNanos);
        lastNanos = nowNanos;
        return look(span, span);
    }

    private Interval look(Span sent, Span received) {
        List<Interval.OfStream> looks = streams.stream()
                .map(stream -> stream.look(stream.open().info().role().isSender() ? sent : received))
                .toList();
        var sums = new ArrayList<Interval.Sum>();
        for (StreamRole role : roles()) {
            sums.add(sum(looks, role, role.isSender() ? sent : received));
        }
        return new Interval(looks, sums, omitting);
    }

    private static Interval.Sum sum(List<Interval.OfStream> looks, StreamRole role, Span span) {
        long bytes = 0;
        Long retransmits = role.isSender() ? 0L : null;
        var datagrams = new ArrayList<@Nullable Datagrams>();
        for (Interval.OfStream look : looks) {
            if (look.stream().role() == role) {
                bytes += look.bytes();
                retransmits = look.tcp() == null || retransmits == null
                        ? null
                        : Long.valueOf(retransmits + look.tcp().retransmits());
                datagrams.add(look.datagrams());
            }
        }
        return new Interval.Sum(role, span, bytes, retransmits, DatagramSum.of(datagrams));
    }

    /// Roles of this end, in the order in which their streams were created: the client's sending
    /// direction first.
    private List<StreamRole> roles() {
        return streams.stream()
                .map(stream -> stream.open().info().role())
                .distinct()
                .toList();
    }

    /// Bytes sent or received by the streams of a role since counting began, as of now.
    public long countedBytes(StreamRole role) {
        return streams.stream()
                .filter(hasRole(role))
                .mapToLong(StreamMeter::countedBytes)
                .sum();
    }

    /// Length of the counted part so far, as of the last reading.
    public long countedNanos() {
        return lastNanos - baseNanos;
    }

    /// Totals of every stream as of the last reading, from this end's counters alone. Call only after
    /// counting has stopped.
    public List<Summary.OfStream> totals() {
        return streams.stream()
                .map(stream -> {
                    boolean isSender = stream.open().info().role().isSender();
                    Total total = stream.total(isSender ? sentNanos : receivedNanos);
                    return new Summary.OfStream(
                            stream.open().info(),
                            isSender ? total : null,
                            isSender ? null : total,
                            stream.extremes(),
                            stream.open().fileCopy());
                })
                .toList();
    }

    /// Counters of every stream as of the last reading.
    public List<StreamSnapshots> readings() {
        return streams.stream().map(StreamMeter::readings).toList();
    }

    private static Predicate<StreamMeter> hasRole(StreamRole role) {
        return stream -> stream.open().info().role() == role;
    }
}
