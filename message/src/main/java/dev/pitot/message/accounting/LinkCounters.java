package dev.pitot.message.accounting;

import dev.pitot.message.channel.Metrics;
import dev.pitot.message.channel.Metrics.Errors;
import dev.pitot.message.channel.Metrics.Latency;
import dev.pitot.message.channel.Metrics.Traffic;
import dev.pitot.message.channel.Metrics.Waiting;
import org.jspecify.annotations.Nullable;

/// Counts of one end of a connection, which become its [Metrics]. One thread.
public final class LinkCounters {
    private final Direction received = new Direction();
    private final Direction sent = new Direction();
    private long resent;
    private long duplicates;
    private long malformed;
    private long lost;

    /// One direction.
    private static final class Direction {
        long bytes;
        long datagrams;
        long messages;
        long keepAlives;

        Traffic traffic() {
            return new Traffic(bytes, datagrams, messages, keepAlives);
        }

        Traffic carrying(Traffic inner) {
            return new Traffic(bytes, datagrams, inner.messages(), inner.keepAlives());
        }
    }

    /// Counts a datagram from the peer, by its UDP payload.
    public void onDatagramReceived(int bytes) {
        received.bytes += bytes;
        received.datagrams++;
    }

    /// Counts a message that was handed to the listener.
    public void onMessageReceived() {
        received.messages++;
    }

    /// Counts what the peer sent only to keep the connection up.
    public void onKeepAliveReceived() {
        received.keepAlives++;
    }

    /// Counts a datagram to the peer, by its UDP payload.
    public void onDatagramSent(int bytes) {
        sent.bytes += bytes;
        sent.datagrams++;
    }

    /// Counts a message of the user, once.
    public void onMessageSent() {
        sent.messages++;
    }

    /// Counts what was sent only to keep the connection up.
    public void onKeepAliveSent() {
        sent.keepAlives++;
    }

    /// Counts a message that was sent again.
    public void onResent() {
        resent++;
    }

    /// Counts a message or datagram that came again.
    public void onDuplicate() {
        duplicates++;
    }

    /// Counts a datagram that made no sense.
    public void onMalformed() {
        malformed++;
    }

    /// Counts a datagram of this end that was found to be lost.
    public void onLost() {
        lost++;
    }

    /// Returns the counts with what their owner knows besides.
    public Metrics metrics(@Nullable Latency roundTrip, Waiting waiting) {
        var errors = new Errors(resent, duplicates, malformed, lost);
        return new Metrics(roundTrip, received.traffic(), sent.traffic(), waiting, errors);
    }

    /// Returns the metrics of a connection inside the one that is counted here: the datagrams are those of this one,
    /// the messages those of the inner one, and duplicates and malformed datagrams those of both.
    public Metrics around(Metrics inner) {
        Errors errors = inner.errors();
        return new Metrics(
                inner.latency(),
                received.carrying(inner.received()),
                sent.carrying(inner.sent()),
                inner.waiting(),
                new Errors(
                        errors.resent(),
                        errors.duplicates() + duplicates,
                        errors.malformed() + malformed,
                        errors.lost()));
    }
}
