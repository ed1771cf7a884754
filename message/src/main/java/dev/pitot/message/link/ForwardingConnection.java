package dev.pitot.message.link;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/// A connection around another one, which does all that is not overridden.
public abstract class ForwardingConnection implements ProtocolConnection {
    /// Returns the connection that does the work now.
    public abstract ProtocolConnection inner();

    @Override
    public void receive(ByteBuffer datagram, long now) {
        inner().receive(datagram, now);
    }

    @Override
    public boolean send(ByteBuffer payload, Channel channel, long now) {
        return inner().send(payload, channel, now);
    }

    @Override
    public void check(ByteBuffer payload, Channel channel) {
        inner().check(payload, channel);
    }

    @Override
    public void whenConfirmed(CompletableFuture<Void> confirmed) {
        inner().whenConfirmed(confirmed);
    }

    @Override
    public boolean isWritable() {
        return inner().isWritable();
    }

    @Override
    public int maxPayload() {
        return inner().maxPayload();
    }

    @Override
    public void flush(DatagramSender sender, long now) {
        inner().flush(sender, now);
    }

    @Override
    public long wakeAt() {
        return inner().wakeAt();
    }

    @Override
    public void extendTimeouts(long unreadNanos, long now) {
        inner().extendTimeouts(unreadNanos, now);
    }

    @Override
    public void close(CloseReason reason, long now) {
        inner().close(reason, now);
    }

    @Override
    public void abort(CloseReason reason, long now) {
        inner().abort(reason, now);
    }

    @Override
    public void ping() {
        inner().ping();
    }

    @Override
    public long heldBytes() {
        return inner().heldBytes();
    }

    @Override
    public long undelivered() {
        return inner().undelivered();
    }

    @Override
    public Metrics metrics() {
        return inner().metrics();
    }

    @Override
    public boolean idsExhausted() {
        return inner().idsExhausted();
    }
}
