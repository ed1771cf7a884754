package dev.pitot.message.dtls;

import dev.pitot.message.channel.Metrics;

/// What a secured link counts: datagrams as the network sees them, and what was no proper record.
/// Its link's thread calls it.
final class DtlsCounters {
    /// Nobody's, garbage, in the clear, or at the wrong time.
    long rejected;

    /// Records that came before.
    long replayed;

    private long receivedBytes;
    private long receivedDatagrams;
    private long sentBytes;
    private long sentDatagrams;

    void received(int bytes) {
        receivedBytes += bytes;
        receivedDatagrams++;
    }

    void sent(int bytes) {
        sentBytes += bytes;
        sentDatagrams++;
    }

    /// The inner link's figures with these.
    Metrics add(Metrics inside) {
        Metrics.Traffic received = inside.received();
        Metrics.Traffic sent = inside.sent();
        Metrics.Errors errors = inside.errors();
        return new Metrics(
                inside.latency(),
                new Metrics.Traffic(receivedBytes, receivedDatagrams, received.messages(), received.keepAlives()),
                new Metrics.Traffic(sentBytes, sentDatagrams, sent.messages(), sent.keepAlives()),
                inside.waiting(),
                new Metrics.Errors(
                        errors.resent(), errors.duplicates() + replayed, errors.malformed() + rejected, errors.lost()));
    }
}
