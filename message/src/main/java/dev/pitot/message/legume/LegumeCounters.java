package dev.pitot.message.legume;

import dev.pitot.message.link.LinkMetrics;
import dev.pitot.message.link.LinkMetrics.Errors;
import dev.pitot.message.link.LinkMetrics.RoundTrip;
import dev.pitot.message.link.LinkMetrics.Traffic;
import dev.pitot.message.link.LinkMetrics.Waiting;
import org.jspecify.annotations.Nullable;

/// Counts of one end. One thread.
final class LegumeCounters {
    private final Direction received = new Direction();
    private final Direction sent = new Direction();
    private long resent;
    private long duplicates;
    private long malformed;
    private long lost;
    private long strays;

    /// One direction.
    private static final class Direction {
        long bytes;
        long datagrams;
        long messages;
        long keepAlives;

        Traffic figures() {
            return new Traffic(bytes, datagrams, messages, keepAlives);
        }
    }

    void onDatagramReceived(int bytes) {
        received.bytes += bytes;
        received.datagrams++;
    }

    void onMessageReceived() {
        received.messages++;
    }

    void onKeepAliveReceived() {
        received.keepAlives++;
    }

    void onDatagramSent(int bytes) {
        sent.bytes += bytes;
        sent.datagrams++;
    }

    void onMessageSent() {
        sent.messages++;
    }

    void onKeepAliveSent() {
        sent.keepAlives++;
    }

    void onResent() {
        resent++;
    }

    void onDuplicate() {
        duplicates++;
    }

    void onMalformed() {
        malformed++;
    }

    void onLost() {
        lost++;
    }

    void onStray() {
        strays++;
    }

    /// Confirmations of what does not wait for any.
    long strays() {
        return strays;
    }

    LinkMetrics metrics(@Nullable RoundTrip roundTrip, Waiting waiting) {
        var errors = new Errors(resent, duplicates, malformed, lost);
        return new LinkMetrics(roundTrip, received.figures(), sent.figures(), waiting, errors);
    }
}
