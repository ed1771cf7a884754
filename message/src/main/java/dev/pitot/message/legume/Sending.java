package dev.pitot.message.legume;

import static dev.pitot.message.legume.DatagramPacker.PING_BYTES;
import static dev.pitot.message.legume.SystemMessage.FIRST_USER_TYPE;
import static dev.pitot.message.legume.SystemMessage.PREFIX_BYTES;
import static dev.pitot.message.legume.SystemMessage.RELIABLE;
import static dev.pitot.message.legume.Unconfirmed.NONE;

import dev.pitot.message.link.Outlet;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;

/// The sending half of a link: what waits, what is unconfirmed, and the datagrams that leave.
/// [Serials] says which numbers messages get, [SendWindow] how many leave. One thread.
final class Sending {
    private static final long BLOCKED_NANOS = 1_000_000; // until an outlet without room is tried again
    private final LegumeSettings settings;
    private final Counters counters;
    private final Opening opening;
    private final IntConsumer onHandshakeConfirmed;
    private final RoundTripTime roundTrip = new RoundTripTime();
    private final SendWindow window = new SendWindow(roundTrip);
    private final Unconfirmed unconfirmed = new Unconfirmed();
    private final Outbox outbox;
    private final Serials serials;
    private final OrderedGroup group = new OrderedGroup();
    private final Answers answers = new Answers();
    private final Pings pings = new Pings();
    private final DatagramPacker packer = new DatagramPacker();

    private int handshakeSerial;
    private boolean established;
    private long nextPingAt = Deadlines.NEVER;
    private long askAt;
    private long blockedUntil = Deadlines.NEVER;
    private int turn;

    // Of the datagram that is being packed:
    private int flight;
    private boolean needsProof;

    /// @param onHandshakeConfirmed is told the type of each message of the handshake that arrived
    Sending(
            LegumeSettings settings,
            Counters counters,
            int firstId,
            Opening opening,
            IntConsumer onHandshakeConfirmed) {
        this.settings = settings;
        this.counters = counters;
        this.opening = opening;
        this.onHandshakeConfirmed = onHandshakeConfirmed;
        this.outbox = new Outbox(settings.queueLimitBytes());
        this.serials = new Serials(firstId, unconfirmed);
    }

    Outbox outbox() {
        return outbox;
    }

    /// Queues a message of the handshake, type and body, to be confirmed as reliable ones are.
    void handshake(int flags, int sequence, byte... payload) {
        outbox.reliable.add(ByteBuffer.wrap(payload), flags | RELIABLE, sequence);
    }

    /// The peer goes on as after a message of the handshake: so that came.
    void onHandshakeAnswered() {
        int slot = unconfirmed.slotOf(handshakeSerial);
        if (slot != NONE
                && !unconfirmed.isOrdered(slot)
                && SystemMessage.isHandshake(outbox.reliable.type(unconfirmed.position(slot)))) {
            confirm(slot);
        }
    }

    /// Messages of the user may leave from now on, and pings do.
    void establish(long now) {
        if (!established) {
            established = true;
            nextPingAt = now + settings.pingNanos();
        }
    }

    /// Whether the peer has got this end's answer to its request, or has answered this end's.
    boolean isEstablished() {
        return established;
    }

    Answers answers() {
        return answers;
    }

    RoundTripTime roundTrip() {
        return roundTrip;
    }

    int unconfirmedCount() {
        return unconfirmed.size();
    }

    int takeSerial() {
        return serials.take();
    }

    /// Forgets everything but answers: nothing is sent or repeated any more.
    void abandon() {
        outbox.clear();
        group.clear();
        nextPingAt = Deadlines.NEVER;
        unconfirmed.clear();
        window.clear();
    }

    // ---- What comes back

    /// An acknowledgement, which may be of anything.
    void onAck(int id, long now) {
        int slot = (id & 0xFFFF) == id ? unconfirmed.slotOf(serials.latest(id)) : NONE;
        if (slot == NONE) {
            counters.onStray();
            return;
        }
        if (unconfirmed.repeats(slot) == 0) {
            roundTrip.sample(now - unconfirmed.sentAt(slot));
        }
        confirm(slot);
    }

    void onPong(int id, long now) {
        int ping = pings.answered(id);
        if (ping < 0) {
            counters.onStray();
            return;
        }
        roundTrip.sample(now - pings.sentAt(ping));
        serials.onHeard(pings.serial(ping));
        askAt = now; // the next may be asked as soon as it is needed
        for (int i = 0; i < pings.provenCount(ping); i++) {
            int slot = unconfirmed.slotOf(pings.proven(ping, i));
            if (slot != NONE) {
                confirm(slot);
            }
        }
    }

    private void confirm(int slot) {
        long position = unconfirmed.position(slot);
        MessageQueue queue = unconfirmed.isOrdered(slot) ? outbox.ordered : outbox.reliable;
        int type = queue.type(position);
        if (queue == outbox.ordered) {
            group.onConfirmed(PREFIX_BYTES + queue.length(position));
        }
        serials.onHeard(unconfirmed.serial(slot));
        if (unconfirmed.flight(slot) != NONE) {
            window.onConfirmed(unconfirmed.flight(slot));
        }
        queue.letGo(position);
        unconfirmed.remove(slot);
        if (type < FIRST_USER_TYPE) {
            onHandshakeConfirmed.accept(type);
        }
    }

    // ---- What leaves

    void flush(Outlet outlet, long now) {
        expire(now);
        if (blockedUntil != Deadlines.NEVER && blockedUntil - now > 0) {
            return;
        }
        blockedUntil = Deadlines.NEVER;
        while (pack(now)) {
            if (!emit(outlet)) {
                blockedUntil = now + BLOCKED_NANOS;
                return;
            }
        }
    }

    /// Sends a message without a body by itself.
    void sendBare(Outlet outlet, int serial, int type) {
        packer.begin();
        packer.bare(serial, type);
        flight = NONE;
        emit(outlet);
    }

    private boolean emit(Outlet outlet) {
        ByteBuffer datagram = packer.finish();
        counters.onDatagramSent(datagram.remaining());
        boolean sent = outlet.send(datagram);
        if (!sent && flight == NONE) { // with reliable messages it counts when their time is up
            counters.onLost();
        }
        return sent;
    }

    private void expire(long now) {
        int slot = unconfirmed.firstExpired(roundTrip, now);
        while (slot != NONE) {
            giveUp(slot, now);
            slot = unconfirmed.firstExpired(roundTrip, now);
        }
        if (Deadlines.isDue(group.expiry(roundTrip), now)) {
            group.onOverdue();
            for (int i = 0; i < group.size(); i++) {
                slot = unconfirmed.slotOf(group.serial(i));
                if (slot != NONE) {
                    giveUp(slot, now);
                }
            }
        }
        if (Deadlines.isDue(nextPingAt, now)) {
            outbox.trim();
        }
    }

    private void giveUp(int slot, long now) {
        if (window.leave(unconfirmed.flight(slot))) {
            counters.onLost();
        }
        unconfirmed.onOverdue(slot);
        window.onLoss(now);
    }

    private boolean pack(long now) {
        packer.begin();
        pings.begin();
        flight = NONE;
        needsProof = false;
        answers.pack(packer, serials, counters);
        packOverdue(now);
        packNew(now);
        packPing(now);
        return !packer.isEmpty();
    }

    private void packOverdue(long now) {
        int most = serials.mostRepeats();
        if (group.isOverdue() && packer.fits(group.bytes() + PING_BYTES) && openFlight(most)) {
            for (int i = 0; i < group.size(); i++) {
                int slot = unconfirmed.slotOf(group.serial(i));
                if (slot != NONE) {
                    repeat(slot, outbox.ordered, now);
                }
            }
            group.onRepeat(now);
        }
        int slot = unconfirmed.firstOverdue();
        while (slot != NONE
                && opening.mayLeave()
                && packer.fits(PREFIX_BYTES + outbox.reliable.length(unconfirmed.position(slot)) + PING_BYTES)
                && openFlight(most)) {
            repeat(slot, outbox.reliable, now);
            slot = unconfirmed.firstOverdue();
        }
    }

    private boolean openFlight(int most) {
        if (flight == NONE && window.hasRoom(most)) {
            flight = window.open();
        }
        return flight != NONE;
    }

    private void repeat(int slot, MessageQueue queue, long now) {
        long position = unconfirmed.position(slot);
        write(queue, position, unconfirmed.serial(slot));
        unconfirmed.onRepeat(slot, flight, now);
        window.onMessage(flight);
        pings.onMessage(unconfirmed.serial(slot));
        needsProof |= queue.type(position) != SystemMessage.CONNECT_REQUEST; // whose answer is proof
        counters.onResent();
    }

    private void write(MessageQueue queue, long position, int serial) {
        if (SystemMessage.isHandshake(queue.type(position))) {
            opening.onSent();
        }
        queue.copyTo(packer.prefix(serial, queue.sequence(position), queue.flags(position)), position);
    }

    private void packNew(long now) {
        if (!window.mayStart(now)) {
            return;
        }
        int before = serials.next();
        for (int i = 0; i < 3; i++) {
            switch ((turn + i) % 3) {
                case 0 -> packUnreliable();
                case 1 -> packReliable(now);
                default -> packOrdered(now);
            }
        }
        turn = (turn + 1) % 3; // so that none is always served last
        if (serials.next() != before) {
            window.onNewDatagram(now);
        }
    }

    /// Whether the first message of a queue has room, and its id is safe.
    private boolean mayLeave(MessageQueue queue, int reserve) {
        return queue.hasUnsent()
                && packer.fits(PREFIX_BYTES + queue.length(queue.unsent()) + reserve)
                && serials.mayTakeNew()
                && (established || queue.type(queue.unsent()) < FIRST_USER_TYPE);
    }

    private void packUnreliable() {
        MessageQueue queue = outbox.unreliable;
        while (mayLeave(queue, needsProof ? PING_BYTES : 0)) {
            long position = queue.unsent();
            write(queue, position, serials.take());
            outbox.onFirstSent(queue, counters);
            queue.letGo(position);
        }
    }

    private void packReliable(long now) {
        while (mayLeave(outbox.reliable, needsProof ? PING_BYTES : 0) && openFlight(SendWindow.MAX)) {
            sendFirst(outbox.reliable, false, now);
        }
    }

    private void packOrdered(long now) {
        if (!group.isEmpty()) {
            return;
        }
        while (mayLeave(outbox.ordered, PING_BYTES) && openFlight(SendWindow.MAX)) {
            group.add(serials.next(), PREFIX_BYTES + outbox.ordered.length(outbox.ordered.unsent()), now);
            sendFirst(outbox.ordered, true, now);
        }
    }

    private void sendFirst(MessageQueue queue, boolean inGroup, long now) {
        long position = queue.unsent();
        int serial = serials.take();
        if (SystemMessage.isHandshake(queue.type(position))) {
            handshakeSerial = serial;
        }
        int slot = unconfirmed.add(serial, position, inGroup);
        unconfirmed.onSent(slot, flight, now);
        window.onMessage(flight);
        pings.onMessage(serial);
        write(queue, position, serial);
        outbox.onFirstSent(queue, counters);
    }

    private void packPing(long now) {
        boolean asks = serials.isUnheard() && established;
        boolean due = needsProof || Deadlines.isDue(nextPingAt, now) || (asks && askAt - now <= 0);
        if (!due || !packer.fits(PING_BYTES)) {
            return;
        }
        int serial = serials.take();
        packer.withId(serial, SystemMessage.PING, pings.add(serial, now));
        counters.onKeepAliveSent();
        askAt = now + roundTrip.resendDelay(0);
        if (nextPingAt != Deadlines.NEVER) {
            nextPingAt = now + settings.pingNanos();
        }
    }

    // ---- When

    /// When [#flush(Outlet, long)] has something to do; a time that has come if at once.
    long wakeAt(long now) {
        long timers = Deadlines.earlier(unconfirmed.nextExpiry(roundTrip), group.expiry(roundTrip));
        timers = Deadlines.earlier(timers, nextPingAt);
        if (outbox.hasUnsent() && serials.isUnheard()) {
            timers = Deadlines.earlier(timers, askAt);
        }
        if (blockedUntil != Deadlines.NEVER) {
            return Deadlines.earlier(timers, blockedUntil);
        }
        if (answers.isUrgent(serials.mayTakeAck()) || canRepeat()) {
            return now;
        }
        return canSendNew() ? Deadlines.earlier(timers, window.paceAt(now)) : timers;
    }

    private boolean canRepeat() {
        int most = serials.mostRepeats();
        boolean isOverdue = unconfirmed.firstOverdue() != NONE && opening.mayLeave();
        return (isOverdue || group.isOverdue()) && window.hasRoom(most);
    }

    private boolean canSendNew() {
        if (!outbox.hasUnsent() || !serials.mayTakeNew()) {
            return false;
        }
        boolean room = window.hasRoom(SendWindow.MAX);
        if (!established) {
            return room && outbox.isHandshakeNext();
        }
        return outbox.unreliable.hasUnsent()
                || (room && outbox.reliable.hasUnsent())
                || (room && group.isEmpty() && outbox.ordered.hasUnsent());
    }
}
