package dev.pitot.message.legume;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// A peer that behaves as the original of 2013 does, its faults included: it confirms a message
/// only the first time, knows the last 1,000 ids, takes milliseconds for seconds, cannot
/// deliver in order, ends at id 65,535, and dies of anything that it does not understand.
/// Written from what was recorded of it. A server has one peer. Calls as the original's:
/// everything happens in [#update].
final class ScriptedLegume implements SimulatedWorld.End {
    /// The original's numbers are 100 to 104.
    enum State {
        DISCONNECTED,
        ERRORED,
        LISTENING,
        CONNECTING,
        CONNECTED
    }

    /// What the original's exceptions do: its process ends.
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;

        Died(String why) {
            super(why);
        }
    }

    private static final class Queued {
        final byte[] bytes;
        final int flags;
        long sentAt = Long.MIN_VALUE;

        Queued(byte[] bytes) {
            this.bytes = bytes;
            this.flags = bytes[4];
        }

        int id() {
            return (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        }
    }

    private static final long TICK = 5_000_000;
    private static final long PING_INTERVAL = 2_000_000_000L;
    private static final int REMEMBERED_IDS = 1_000;

    final List<byte[]> messages = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    final ArrayDeque<byte[]> socket = new ArrayDeque<>();
    State state;

    private final boolean server;
    private final boolean accepts;
    private final long timeout;
    private final BodyLengths bodyLengths;
    private final Deque<Integer> recentIds = new ArrayDeque<>();
    private final boolean[] recent = new boolean[65_536];
    private final List<Queued> out = new ArrayList<>();
    private final List<Double> latencies = new ArrayList<>();
    private int nextId = 1;
    private int nextInOrder = 2;
    private int nextPing = 1;
    private long pingSentAt;
    private long lastPing;
    private long lastFresh;
    private long lastKeepAlive;
    private boolean answerDue;
    private boolean accepted;
    private boolean peerKnown;
    private boolean closing;
    private long nextUpdate;
    private boolean began;

    private ScriptedLegume(boolean server, boolean accepts, long timeoutNanos, BodyLengths bodyLengths) {
        this.server = server;
        this.accepts = accepts;
        this.timeout = timeoutNanos;
        this.bodyLengths = bodyLengths;
        this.state = server ? State.LISTENING : State.CONNECTING;
    }

    static ScriptedLegume server(boolean accepts, long timeoutNanos, BodyLengths bodyLengths) {
        return new ScriptedLegume(true, accepts, timeoutNanos, bodyLengths);
    }

    static ScriptedLegume client(int protocol, long timeoutNanos, BodyLengths bodyLengths) {
        var client = new ScriptedLegume(false, true, timeoutNanos, bodyLengths);
        client.queue(2, 0, new byte[] {2, (byte) protocol});
        client.peerKnown = true;
        return client;
    }

    void send(byte[] payload, boolean reliable) {
        queue(reliable ? 2 : 0, 0, payload);
    }

    void sendInOrder(byte[] payload) {
        queue(1, nextInOrder++, payload);
    }

    void disconnect() {
        queue(0, 0, new byte[] {7});
        closing = true;
    }

    int unacknowledged() {
        return (int) out.stream().filter(message -> message.flags != 0).count();
    }

    private void queue(int flags, int sequence, byte... payload) {
        if (nextId > 65_535) {
            throw new Died("struct.error: 'H' format requires 0 <= number <= 65535");
        }
        var bytes = ByteBuffer.allocate(5 + payload.length);
        bytes.putShort((short) nextId++)
                .putShort((short) sequence)
                .put((byte) flags)
                .put(payload);
        out.add(new Queued(bytes.array()));
    }

    @Override
    public void receive(ByteBuffer datagram, long now) {
        byte[] copy = new byte[Math.min(1_400, datagram.remaining())];
        datagram.get(copy);
        socket.add(copy);
    }

    @Override
    public long wakeAt() {
        return nextUpdate;
    }

    @Override
    public void flush(SimulatedWorld.Wire wire, long now) {
        if (!began) {
            began = true;
            nextUpdate = now;
            lastPing = now;
            lastFresh = now;
            lastKeepAlive = now;
        }
        if (now - nextUpdate >= 0) {
            update(wire, now);
            nextUpdate = now + TICK;
        }
    }

    private void update(SimulatedWorld.Wire wire, long now) {
        if (answerDue) {
            answerDue = false;
            queue(2, 0, new byte[] {(byte) (accepted ? 4 : 3)});
        }
        if (state == State.DISCONNECTED || state == State.ERRORED) {
            return;
        }
        while (!socket.isEmpty()) {
            read(socket.remove(), now);
        }
        if (peerKnown) {
            timers(now);
            transmit(wire, now);
        }
        if (closing && out.isEmpty()) {
            state = State.DISCONNECTED;
        }
    }

    private void read(byte[] bytes, long now) {
        peerKnown = true;
        var datagram = ByteBuffer.wrap(bytes);
        while (datagram.hasRemaining()) {
            if (datagram.remaining() < 6) {
                throw new Died("struct.error: unpack requires a string argument of length 6");
            }
            int id = datagram.getShort() & 0xFFFF;
            int sequence = datagram.getShort() & 0xFFFF;
            int flags = datagram.get();
            int type = datagram.get() & 0xFF;
            int length = type < 20 ? SystemMessage.bodyLength(type) : bodyLengths.bodyLength(type, datagram);
            if (length < 0 || length > datagram.remaining()) {
                throw new Died("MessageError: no message of type " + type + " in " + datagram.remaining() + " bytes");
            }
            byte[] payload = new byte[1 + length];
            payload[0] = (byte) type;
            datagram.get(payload, 1, length);
            if (type == UserTypes.TEXT && !isAscii(payload)) {
                throw new Died("UnicodeDecodeError");
            }
            if (recent[id] || ((flags & 1) != 0 && sequence >= 0)) {
                continue; // no second acknowledgement; in order, nothing is ever its turn
            }
            remember(id);
            lastFresh = now;
            if ((flags & 2) != 0) {
                queue(0, 0, new byte[] {8, 0, 0, (byte) (id >> 8), (byte) id});
            }
            onMessage(payload, now);
        }
    }

    private static boolean isAscii(byte[] payload) {
        for (int i = 3; i < payload.length; i++) {
            if (payload[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private void remember(int id) {
        recent[id] = true;
        recentIds.add(id);
        if (recentIds.size() > REMEMBERED_IDS) {
            recent[recentIds.remove()] = false;
        }
    }

    private void onMessage(byte[] payload, long now) {
        switch (payload[0] & 0xFF) {
            case 2 -> {
                accepted = accepts && payload[1] == 4;
                answerDue = true;
                events.add("connect request");
            }
            case 3 -> end(State.ERRORED, "rejected");
            case 4 -> {
                state = State.CONNECTED;
                events.add("accepted");
            }
            case 5 -> queue(0, 0, new byte[] {6, payload[1], payload[2]});
            case 6 -> events.add("keep-alive response");
            case 7 -> {
                events.add("disconnected");
                if (!server) {
                    state = State.DISCONNECTED;
                }
            }
            case 8 -> acknowledged(ByteBuffer.wrap(payload).getInt(1));
            case 9 -> queue(0, 0, new byte[] {10, payload[1], payload[2]});
            case 10 -> latency((now - pingSentAt) / 1e6);
            default -> messages.add(payload);
        }
    }

    private void end(State ended, String event) {
        state = ended;
        events.add(event);
    }

    private void acknowledged(int id) {
        for (Iterator<Queued> each = out.iterator(); each.hasNext(); ) {
            if (each.next().id() == id) {
                each.remove();
                return;
            }
        }
    }

    private void latency(double millis) {
        latencies.add(millis);
        if (latencies.size() > 4) {
            latencies.remove(0);
        }
    }

    /// Milliseconds, used as seconds.
    double resendSeconds() {
        return Math.max(
                0.01,
                latencies.stream().mapToDouble(Double::doubleValue).average().orElse(0.3));
    }

    private void timers(long now) {
        if (now - lastPing >= PING_INTERVAL) {
            lastPing = now;
            lastKeepAlive = now;
            pingSentAt = now;
            queue(0, 0, new byte[] {9, (byte) (nextPing >> 8), (byte) nextPing++});
        }
        if (server && now - lastKeepAlive >= timeout / 2) {
            lastKeepAlive = now;
            queue(0, 0, new byte[] {5, 0, 1});
        }
        if (now - lastFresh >= timeout) {
            end(State.ERRORED, "timed out");
        }
    }

    private void transmit(SimulatedWorld.Wire wire, long now) {
        var datagram = ByteBuffer.allocate(1_400);
        for (Iterator<Queued> each = out.iterator(); each.hasNext(); ) {
            Queued message = each.next();
            boolean due = message.sentAt == Long.MIN_VALUE || (now - message.sentAt) / 1e9 >= resendSeconds();
            if (!due) {
                continue;
            }
            if (message.bytes.length > datagram.remaining()) {
                leave(wire, datagram);
            }
            datagram.put(message.bytes);
            message.sentAt = now;
            if (message.flags == 0) {
                each.remove();
            }
        }
        leave(wire, datagram);
    }

    private static void leave(SimulatedWorld.Wire wire, ByteBuffer datagram) {
        if (datagram.position() > 0) {
            byte[] bytes = new byte[datagram.flip().remaining()];
            datagram.get(bytes);
            wire.send(bytes);
            datagram.clear();
        }
    }
}
