package dev.pitot.model.finding;

import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.Evidence.EndOfStream;
import dev.pitot.model.result.Evidence.OfDirection;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.LossTiming;
import dev.pitot.model.result.RateSpread;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.result.Total;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Evidence of one direction as rules ask for it. A value that is unknown for one stream is unknown for the
/// direction.
final class DirectionFacts {
    private static final double MAX_SPURIOUS_SHARE = 0.5; // of the retransmissions
    private static final double PERCENT = 100;
    private static final double BITS = 8;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double ENOUGH = 3; // proposed: the window changes all along, and its last value is known
    private static final double NANOS_PER_MICRO = 1000;
    private static final double TARGET_REACHED = 0.98; // two percent: intervals and block sizes

    private final TestConfig test;
    private final Summary summary;
    private final Evidence evidence;
    private final StreamRole role;
    private final List<@Nullable EndOfStream> senders;
    private final List<@Nullable EndOfStream> receivers;

    private DirectionFacts(TestConfig test, Summary summary, Evidence evidence, StreamRole role) {
        this.test = test;
        this.summary = summary;
        this.evidence = evidence;
        this.role = role;
        senders = ends(Evidence.OfStream::sender);
        receivers = ends(Evidence.OfStream::receiver);
    }

    /// Returns the facts of each direction of a test.
    static List<DirectionFacts> of(TestStart start, Summary summary, Evidence evidence) {
        return summary.directions().stream()
                .map(direction -> new DirectionFacts(start.config(), summary, evidence, direction.role()))
                .toList();
    }

    private List<@Nullable EndOfStream> ends(Function<Evidence.OfStream, @Nullable EndOfStream> end) {
        var ends = new ArrayList<@Nullable EndOfStream>();
        for (Evidence.OfStream stream : evidence.streams()) {
            if (stream.stream().role() == role) {
                ends.add(end.apply(stream));
            }
        }
        return ends;
    }

    StreamRole role() {
        return role;
    }

    TestConfig test() {
        return test;
    }

    boolean isUdp() {
        return test.protocol().isDatagram();
    }

    /// True if one drop in a kernel may be of many datagrams, which it had coalesced.
    boolean mayDropManyAtOnce() {
        return isUdp() && test.streams().usesOffload();
    }

    boolean isFirstDirection() {
        return summary.directions().getFirst().role() == role;
    }

    int streams() {
        return senders.size();
    }

    Latency latency() {
        return evidence.latency();
    }

    /// Latency under this direction's load.
    DirectionLatency loadedLatency() {
        return evidence.latency().directions().stream()
                .filter(direction -> direction.role() == role)
                .findFirst()
                .orElse(new DirectionLatency(role, List.of(), "not measured"));
    }

    /// Statistics of one method under this direction's load; null if there are none.
    @Nullable RoundTripStatistics loadedStatistics(LatencyMethod method) {
        return loadedLatency().loaded().stream()
                .filter(statistics -> statistics.method() == method)
                .findFirst()
                .orElse(null);
    }

    @Nullable LossTiming losses() {
        OfDirection direction = direction();
        return direction == null ? null : direction.losses();
    }

    @Nullable RateSpread rates() {
        OfDirection direction = direction();
        return direction == null ? null : direction.rates();
    }

    /// Share of the readings at which the sender had data on its way, and none left to send; null if unknown.
    @Nullable Double drainedShare() {
        OfDirection direction = direction();
        return direction == null ? null : direction.drainedShare();
    }

    private @Nullable OfDirection direction() {
        return evidence.directions().stream()
                .filter(direction -> direction.role() == role)
                .findFirst()
                .orElse(null);
    }

    /// Sum of a field over the sending ends.
    OptionalLong sent(TcpField field) {
        return values(senders, field).map(LongStream::sum).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /// Sum of a field over the receiving ends.
    OptionalLong received(TcpField field) {
        return values(receivers, field)
                .map(LongStream::sum)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /// Largest value of a field over the sending ends.
    OptionalLong largest(TcpField field) {
        return values(senders, field).map(LongStream::max).orElse(OptionalLong.empty());
    }

    /// Smallest value of a field over the sending ends.
    OptionalLong smallest(TcpField field) {
        return values(senders, field).map(LongStream::min).orElse(OptionalLong.empty());
    }

    private static Optional<LongStream> values(List<@Nullable EndOfStream> ends, TcpField field) {
        var values = LongStream.builder();
        for (EndOfStream end : ends) {
            OptionalLong value = end == null ? OptionalLong.empty() : end.tcp().get(field);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.getAsLong());
        }
        return ends.isEmpty() ? Optional.empty() : Optional.of(values.build());
    }

    /// Share of the streams' time that a field in microseconds took, in percent.
    OptionalDouble percentOfTime(TcpField micros) {
        OptionalLong sum = sent(micros);
        double nanos = (double) elapsedNanos() * streams();
        return sum.isEmpty() || nanos == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(PERCENT, PERCENT * sum.getAsLong() * NANOS_PER_MICRO / nanos));
    }

    /// Share of the time that the busiest sending thread ran or waited for a processor, in percent.
    OptionalDouble senderThreadPercent() {
        return busiestPercent(senders);
    }

    /// Share of the time that the busiest receiving thread ran or waited for a processor, in percent.
    OptionalDouble receiverThreadPercent() {
        return busiestPercent(receivers);
    }

    private static OptionalDouble busiestPercent(List<@Nullable EndOfStream> ends) {
        return ends.stream()
                .map(end -> end == null ? null : end.thread())
                .filter(Objects::nonNull)
                .filter(thread -> thread.elapsedNanos() > 0)
                .mapToDouble(thread -> percent(thread.runningNanos() + thread.waitingNanos(), thread.elapsedNanos()))
                .max();
    }

    /// Share of the time that the sending threads waited for a processor, in percent: of the one that waited most.
    double senderWaitPercent() {
        return waitPercent(senders);
    }

    /// Share of the time that the receiving threads waited for a processor, in percent: of the one that waited most.
    double receiverWaitPercent() {
        return waitPercent(receivers);
    }

    private static double waitPercent(List<@Nullable EndOfStream> ends) {
        return ends.stream()
                .map(end -> end == null ? null : end.thread())
                .filter(Objects::nonNull)
                .filter(thread -> thread.elapsedNanos() > 0)
                .mapToDouble(thread -> percent(thread.waitingNanos(), thread.elapsedNanos()))
                .max()
                .orElse(0);
    }

    /// At most 100, although the two are not read at the same moment.
    private static double percent(long nanos, long ofNanos) {
        return Math.min(PERCENT, PERCENT * nanos / ofNanos);
    }

    /// True if the receiver's window, were it open, would let pass several times what passed: it is known, and so
    /// is the round trip under load.
    boolean windowSuffices() {
        OptionalLong window = largest(TcpField.SND_WND);
        OptionalLong roundTrip = smallest(TcpField.RTT);
        if (window.isEmpty() || roundTrip.isEmpty() || roundTrip.getAsLong() == 0) {
            return false;
        }
        double possible = window.getAsLong() * BITS * MICROS_PER_SECOND / roundTrip.getAsLong();
        return possible > ENOUGH * bitsPerSecond() / streams();
    }

    /// Congestion control of the sending end; null if unknown.
    @Nullable String congestion() {
        return summary.congestion().sender();
    }

    /// Datagrams that the receivers' sockets dropped.
    OptionalLong socketDrops() {
        long drops = 0;
        for (EndOfStream end : receivers) {
            Long of = end == null ? null : end.socketDrops();
            if (of == null) {
                return OptionalLong.empty();
            }
            drops += of;
        }
        return OptionalLong.of(drops);
    }

    /// Counter of the receiving host over the test.
    OptionalLong receiverHost(HostCounter counter) {
        return host(
                role.isSender() ? evidence.hosts().remote() : evidence.hosts().local(), counter);
    }

    /// Counter of the sending host over the test.
    OptionalLong senderHost(HostCounter counter) {
        return host(
                role.isSender() ? evidence.hosts().local() : evidence.hosts().remote(), counter);
    }

    private static OptionalLong host(@Nullable KernelValues<HostCounter> counters, HostCounter counter) {
        return counters == null ? OptionalLong.empty() : counters.get(counter);
    }

    private Summary.OfDirection totals() {
        return totals(role);
    }

    private Summary.OfDirection totals(StreamRole wanted) {
        return summary.directions().stream()
                .filter(direction -> direction.role() == wanted)
                .findFirst()
                .orElse(new Summary.OfDirection(wanted, null, null));
    }

    /// Totals of the sending end, or of the receiving end where those are unknown.
    @Nullable Total total() {
        Total sent = totals().sent();
        return sent == null ? totals().received() : sent;
    }

    /// Rate of the receiving end, or of the sending end where that is unknown, in bit/s.
    double bitsPerSecond() {
        return rate(totals());
    }

    /// Rate of the other direction in bit/s; empty if there is one direction.
    OptionalDouble otherDirectionBitsPerSecond() {
        return summary.directions().stream()
                .filter(direction -> direction.role() != role)
                .mapToDouble(DirectionFacts::rate)
                .findFirst();
    }

    /// Mean rate of the streams in bit/s: `-b` is that of one stream.
    double meanStreamRate() {
        return bitsPerSecond() / Math.max(1, streams());
    }

    private static double rate(Summary.OfDirection direction) {
        Total total = direction.received() == null ? direction.sent() : direction.received();
        return total == null ? 0 : total.bitsPerSecond();
    }

    /// Rate of each stream in bit/s.
    List<Double> streamRates() {
        return summary.streams().stream()
                .filter(stream -> stream.stream().role() == role)
                .map(stream -> stream.received() == null ? stream.sent() : stream.received())
                .filter(Objects::nonNull)
                .map(Total::bitsPerSecond)
                .toList();
    }

    /// Length of the measured part.
    long elapsedNanos() {
        Total total = total();
        return total == null ? 0 : total.nanos();
    }

    /// Target rate over all streams of the direction in bit/s; 0 if there is none.
    long targetBitsPerSecond() {
        return test.streams().pacing().target().bitsPerSecond() * streams();
    }

    /// Rate of the sending end in bit/s; 0 if unknown.
    double sentBitsPerSecond() {
        Total sent = totals().sent();
        return sent == null ? 0 : sent.bitsPerSecond();
    }

    /// True if a rate was asked for and the sender kept to it.
    boolean reachesTarget() {
        return targetBitsPerSecond() > 0 && bitsPerSecond() >= TARGET_REACHED * targetBitsPerSecond();
    }

    /// True if a rate was asked for, of the program or of the kernel.
    boolean isPaced() {
        return !test.streams().pacing().target().isUnlimited()
                || !test.streams().pacing().fairQueueRate().isUnlimited();
    }

    /// Datagrams that the sender counted; empty if unknown.
    OptionalLong datagramsSent() {
        Total sent = totals().sent();
        Datagrams datagrams = sent == null ? null : sent.datagrams();
        return datagrams == null ? OptionalLong.empty() : OptionalLong.of(datagrams.packets());
    }

    /// Datagrams that were lost between the ends; empty if unknown.
    OptionalLong datagramsLost() {
        Total received = totals().received();
        Datagrams datagrams = received == null ? null : received.datagrams();
        Datagrams.Reception reception = datagrams == null ? null : datagrams.reception();
        Long lost = reception == null ? null : reception.lost();
        return lost == null ? OptionalLong.empty() : OptionalLong.of(lost);
    }

    /// Share of the sent bytes that were lost, in percent: sent again, without what the receiver then had twice.
    OptionalDouble lostPercent() {
        OptionalDouble again = retransmittedPercent();
        OptionalLong segments = sent(TcpField.TOTAL_RETRANS);
        OptionalLong twice = sent(TcpField.DSACK_DUPS);
        if (again.isEmpty() || segments.isEmpty() || segments.getAsLong() <= 0 || twice.isEmpty()) {
            return again;
        }
        double needed = 1 - Math.min(1, (double) twice.getAsLong() / segments.getAsLong());
        return OptionalDouble.of(again.getAsDouble() * needed);
    }

    /// True if most of what was sent again had not been lost. Not every needless retransmission is reported by the
    /// receiver: where most are, the rest were no losses either. See [Reordering].
    boolean retransmitsNeedlessly() {
        double again = retransmittedPercent().orElse(0);
        return again > 0 && lostPercent().orElse(0) <= again * MAX_SPURIOUS_SHARE;
    }

    /// Share of the sent bytes that were sent again, in percent.
    OptionalDouble retransmittedPercent() {
        OptionalLong all = sent(TcpField.BYTES_SENT);
        OptionalLong again = sent(TcpField.BYTES_RETRANS);
        return all.isEmpty() || again.isEmpty() || all.getAsLong() <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(PERCENT * again.getAsLong() / all.getAsLong());
    }
}
