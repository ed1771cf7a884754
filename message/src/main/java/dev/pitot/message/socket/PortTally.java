package dev.pitot.message.socket;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The books of a [DatagramPort]. Its owner's thread only.
final class PortTally {
    private long receivedDatagrams;
    private long receivedBytes;
    private long sentDatagrams;
    private long sentBytes;
    private long ignored;
    private long full;
    private long unreachable;
    private long failed;
    private @Nullable String lastFailure;

    void received(int bytes) {
        receivedDatagrams++;
        receivedBytes += bytes;
    }

    void sent(int bytes) {
        sentDatagrams++;
        sentBytes += bytes;
    }

    void ignored() {
        ignored++;
    }

    void full() {
        full++;
    }

    void unreachable() {
        unreachable++;
    }

    void failed(Exception failure) {
        failed++;
        lastFailure = failure instanceof IOException && failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
    }

    long timesUnreachable() {
        return unreachable;
    }

    PortCounts counts() {
        return new PortCounts(
                new PortCounts.Total(receivedDatagrams, receivedBytes),
                new PortCounts.Total(sentDatagrams, sentBytes),
                ignored,
                new PortCounts.Trouble(full, unreachable, failed, lastFailure));
    }
}
