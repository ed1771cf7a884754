package dev.pitot.message.socket;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The books of a [NioUdpSocket]. Its owner's thread only.
final class SocketCounters {
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

    SocketCounts counts() {
        return new SocketCounts(
                new SocketCounts.Total(receivedDatagrams, receivedBytes),
                new SocketCounts.Total(sentDatagrams, sentBytes),
                ignored,
                new SocketCounts.Errors(full, unreachable, failed, lastFailure));
    }
}
