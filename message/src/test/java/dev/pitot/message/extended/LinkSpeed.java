package dev.pitot.message.extended;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.link.DatagramSender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Random;

/// Not a test: says how many reliable messages per second two links back to back do in one
/// thread, with a virtual clock. `java -cp ... dev.pitot.message.extended.LinkSpeed [bytes]`
final class LinkSpeed {
    private static final int ROUNDS = 8;
    private static final int MESSAGES = 5_000_000;
    private static final int PER_STEP = 320;
    private static final long STEP_NANOS = 40_000;

    private final Pipe up = new Pipe();
    private final Pipe down = new Pipe();
    private final Recorder clientSaw = new Recorder();
    private final Recorder serverSaw = new Recorder();
    private final BufferPool pool = new BufferPool(new Random(1));
    private final ExtendedLink client = ExtendedLink.client(1, ExtendedSettings.DEFAULT, pool, clientSaw, 0);
    private final ExtendedLink server;
    private long now;
    private long received;

    /// Datagrams between the two, in buffers that are used again.
    private static final class Pipe implements DatagramSender {
        private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
        private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();

        @Override
        public boolean send(ByteBuffer datagram) {
            ByteBuffer copy = free.isEmpty() ? ByteBuffer.allocateDirect(PacketHeader.MAX_SIZE) : free.removeLast();
            waiting.addLast(copy.clear().put(datagram).flip());
            return true;
        }

        void deliver(ExtendedLink to, long now) {
            while (!waiting.isEmpty()) {
                ByteBuffer next = waiting.removeFirst();
                to.receive(next, now);
                free.addLast(next);
            }
        }
    }

    private LinkSpeed() {
        AddressValidation addressValidation = new AddressValidation(new SecureRandom());
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);
        ByteBuffer answer = ByteBuffer.allocate(AddressValidation.MAX_ANSWER);
        addressValidation.challenge(1, address, now, answer);
        client.receive(answer, now);
        client.flush(up, now);
        Hello hello = addressValidation.verify(up.waiting.removeFirst(), address, now);
        if (hello == null) {
            throw new AssertionError("no hello");
        }
        server = ExtendedLink.server(hello, () -> null, ExtendedSettings.DEFAULT, pool, serverSaw, now);
        serverSaw.onMessage = (_, _) -> received++;
    }

    private void step() {
        now += STEP_NANOS;
        client.flush(up, now);
        up.deliver(server, now);
        server.flush(down, now);
        down.deliver(client, now);
    }

    private double round(int bytes, Channel channel) {
        ByteBuffer payload = ByteBuffer.allocateDirect(bytes);
        long end = received + MESSAGES;
        long left = MESSAGES;
        long started = System.nanoTime();
        while (received < end) {
            for (int i = 0; i < PER_STEP && left > 0 && client.send(payload, channel, now); i++) {
                left--;
            }
            step();
        }
        return (System.nanoTime() - started) / (double) MESSAGES;
    }

    public static void main(String[] args) {
        int bytes = args.length > 0 ? Integer.parseInt(args[0]) : 64;
        LinkSpeed speed = new LinkSpeed();
        for (int i = 0; i < 100; i++) {
            speed.step();
        }
        for (int i = 0; i < ROUNDS; i++) {
            Channel channel = i % 2 == 0 ? Channel.RELIABLE : Channel.RELIABLE_ORDERED;
            double nanos = speed.round(bytes, channel);
            System.out.printf(
                    Locale.ROOT,
                    "%s %d B: %.1f ns per message for both ends, %.2f M/s, %d lost%n",
                    channel.kind(),
                    bytes,
                    nanos,
                    1000 / nanos,
                    speed.client.metrics().errors().lost());
        }
    }
}
