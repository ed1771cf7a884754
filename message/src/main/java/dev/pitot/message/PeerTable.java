package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.Link;
import dev.pitot.message.link.Outlet;
import dev.pitot.message.socket.Arrivals;
import dev.pitot.message.socket.Port;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A listening server at work: its port, its peers, and a turn of it. What does not change costs
/// nothing: a turn touches the peers that datagrams came from, that something was sent to, or
/// whose timer is due. The server's thread only, but for what says otherwise.
final class PeerTable implements Arrivals {
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000;

    private static final CloseReason ANEW = new CloseReason(CloseReason.Cause.REMOTE, "the client has begun anew");

    private final Port port;
    private final Parts parts;
    private final EndpointOptions options;
    private final ServerListener listener;
    private final Owner owner;
    private final BooleanSupplier hasRoom;
    private final EndpointTime time;
    private final Protocols.Door door;
    private final Places places;
    private final Map<InetSocketAddress, Seat> seats = new ConcurrentHashMap<>(); // others look, the owner changes
    private final AlarmQueue<Seat> alarms = new AlarmQueue<>();
    private final ArrayList<Seat> dirty = new ArrayList<>();
    private final Knocking knocking = new Knocking();
    private final Incoming incoming;
    private final BiConsumer<Peer, Incoming> onMessage;
    private final Handlers handlers;
    private final ByteBuffers scratch = new ByteBuffers();
    private volatile boolean takesNew = true;
    private long now;
    private int living; // seats whose connection is not over
    private long strangers;
    private long refused;
    private long unsent;

    /// What a table is made for.
    ///
    /// @param hasRoom whether the listener can be told of more; while not, nobody new comes in
    record Purpose(
            Parts parts,
            EndpointOptions options,
            ServerLimits limits,
            ServerListener listener,
            Owner owner,
            BooleanSupplier hasRoom) {}

    PeerTable(Port port, Purpose purpose) {
        this.port = port;
        parts = purpose.parts();
        options = purpose.options();
        listener = purpose.listener();
        owner = purpose.owner();
        hasRoom = purpose.hasRoom();
        time = new EndpointTime(options.clock());
        now = time.now();
        door = parts.protocols().door(now);
        places = new Places(purpose.limits());
        incoming = new Incoming(parts.coding());
        onMessage = listener::message;
        handlers = new Handlers((sentence, cause) -> listener.error(null, sentence, cause));
    }

    /// One turn: what has come, what is due, what leaves, who is gone.
    ///
    /// @param mayReceive false leaves what has come to the system
    /// @return whether there was anything to do
    boolean turn(boolean mayReceive) {
        now = time.now();
        int came = mayReceive ? Intake.receive(port, this, time) : 0;
        for (var due = alarms.due(now); due != null; due = alarms.due(now)) {
            soil(due.owner());
        }
        boolean wasBusy = came > 0 || !dirty.isEmpty();
        now = time.now();
        for (int i = 0; i < dirty.size(); i++) { // handlers may add some
            finish(dirty.get(i));
        }
        dirty.clear();
        return wasBusy;
    }

    private void finish(Seat seat) {
        try {
            seat.flush(now);
        } catch (RuntimeException e) { // never, by the contract of links; one bad peer must not end the others
            broken(seat, e);
        }
        ByteBuffer heir = isInviting() ? seat.heir(now) : null;
        if (heir != null) {
            seat.fail(ANEW);
        }
        CloseReason reason = seat.ended();
        if (reason == null) {
            return;
        }
        if (!seat.hasLeft()) {
            depart(seat, reason);
        }
        if (seat.isLingering(now)) {
            alarms.note(seat.alarm(), now + LOOK_AGAIN_NANOS);
        } else {
            if (seats.remove(seat.address(), seat)) {
                places.rise(seat);
            }
            alarms.remove(seat.alarm());
        }
        if (heir != null) {
            datagram(heir, seat.address());
        }
    }

    /// To its user, and to others who want its place, it is gone from now on.
    private void depart(Seat seat, CloseReason reason) {
        if (seat.isCounted()) {
            places.leave(seat);
        }
        boolean wasOpen = seat.isOpen();
        seat.leave(now);
        living--;
        if (wasOpen) {
            handlers.run("disconnected", () -> listener.disconnected(seat.peer(), reason));
        }
    }

    @Override
    public void datagram(ByteBuffer datagram, InetSocketAddress from) {
        Seat seat = seats.get(from);
        try {
            Link link = seat == null ? null : seat.link();
            if (seat != null && link != null && door.isAnew(link, datagram, from, knocking.answering(from), now)) {
                if (!isInviting() || !seat.givesWay(datagram, now)) {
                    strangers++;
                    return;
                }
                seat.fail(ANEW);
                finish(seat);
                seat = null;
            }
            if (seat == null) {
                seat = knocking.at(datagram, from);
            }
            if (seat == null) {
                strangers++;
            } else {
                soil(seat);
                seat.receive(datagram, now);
            }
        } catch (RuntimeException e) { // never, by the contract of links; one bad peer must not end the others
            if (seat == null) {
                strangers++;
            } else {
                broken(seat, e);
            }
        }
    }

    private boolean isInviting() {
        return takesNew && hasRoom.getAsBoolean();
    }

    private void broken(Seat seat, RuntimeException cause) {
        seat.fail(new CloseReason(CloseReason.Cause.PROTOCOL, "an error of this program"));
        tellError(seat.peer(), "The connection of " + seat.address() + " failed: " + cause, cause);
    }

    void soil(Seat seat) {
        if (seat.soil()) {
            dirty.add(seat);
        }
    }

    /// Whether a client may come in.
    ///
    /// @return null if it may
    @Nullable CloseReason decide(Seat seat) {
        if (!places.enter(seat) && !hasMadeWay(seat)) {
            refused++;
            return new CloseReason(CloseReason.Cause.FULL, "the server has as many clients as it takes");
        }
        Admission answer = Admission.reject("the server could not decide");
        try {
            answer = Objects.requireNonNull(listener.connecting(seat.peer()), "the answer is null");
        } catch (Throwable e) { // a user's, so it may be anything, undeclared too; the server must go on
            handlers.failed("connecting", e);
        }
        return switch (answer) {
            case Admission.Accept() -> null;
            case Admission.Reject(String reason) -> {
                places.leave(seat);
                refused++;
                yield new CloseReason(CloseReason.Cause.REJECTED, reason);
            }
        };
    }

    /// Whether somebody whose address may be forged has left for one whose is not.
    private boolean hasMadeWay(Seat newcomer) {
        Seat leaving = places.toGiveWay(newcomer);
        if (leaving == null) {
            return false;
        }
        leaving.fail(new CloseReason(CloseReason.Cause.FULL, "it gave way to a client that has proved its address"));
        finish(leaving);
        return places.enter(newcomer);
    }

    /// The peer has shown that it gets what is sent to it.
    void trust(Seat seat) {
        places.trust(seat);
    }

    void tellAccepted(Peer peer) {
        handlers.run("accepted", () -> listener.accepted(peer));
    }

    void tellMessage(Peer peer, ByteBuffer payload, Channel channel) {
        handlers.message(peer, incoming.load(payload, channel), onMessage);
    }

    void tellError(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
        handlers.run("error", () -> listener.error(peer, sentence, cause));
    }

    /// Gives a message to all who are connected.
    ///
    /// @return how many took it
    int broadcast(ByteBuffer payload, Channel channel) {
        int taken = 0;
        for (Seat seat : seats.values()) {
            if (seat.isConnected() && seat.message(null, channel, payload)) {
                taken++;
            }
        }
        return taken;
    }

    /// The same for another thread, which does not wait for anybody.
    void broadcastLater(ByteBuffer payload, Channel channel) {
        for (Seat seat : seats.values()) {
            if (seat.isConnected()) {
                seat.sendLater(payload, channel);
            }
        }
    }

    void disconnectAll(CloseReason reason) {
        seats.values().forEach(seat -> seat.close(reason));
    }

    /// Closes the port, whoever is still there.
    void close() {
        disconnectAll(new CloseReason(CloseReason.Cause.LOCAL, "the server was closed"));
        turn(false); // what says goodbye leaves
        port.close();
        for (Seat seat : List.copyOf(seats.values())) {
            seat.fail(new CloseReason(CloseReason.Cause.LOCAL, "the server was closed"));
            finish(seat);
        }
    }

    /// Payload of a message, until the next call in this thread.
    ByteBuffer encoded(Object message) {
        return scratch.encoded(message, parts.coding(), owner.isHere());
    }

    /// How long there is nothing to do unless something comes; [Long#MAX_VALUE] for ever.
    long idleNanos() {
        long next = alarms.next();
        return !dirty.isEmpty() ? 0 : next == Long.MAX_VALUE ? next : next - time.now();
    }

    /// Any thread.
    List<Peer> peers() {
        return seats.values().stream().filter(Seat::isOpen).map(Seat::peer).toList();
    }

    /// Any thread.
    @Nullable Peer peer(InetSocketAddress address) {
        Seat seat = seats.get(address);
        return seat == null || !seat.isOpen() ? null : seat.peer();
    }

    /// Any thread.
    void takeNew(boolean yes) {
        takesNew = yes;
    }

    /// Whether nobody is there whose connection is not over.
    boolean isEmpty() {
        return living == 0;
    }

    EndpointCounts counts() {
        return new EndpointCounts(
                strangers, refused, unsent, handlers.failures(), EndpointCounts.Socket.of(port.counts()));
    }

    void countUnsent() {
        unsent++;
    }

    /// Any thread.
    Owner owner() {
        return owner;
    }

    Port port() {
        return port;
    }

    AlarmQueue<Seat> alarms() {
        return alarms;
    }

    EndpointOptions options() {
        return options;
    }

    long now() {
        return now;
    }

    /// An address that has no peer; one object for all of them, so that strangers cost nothing.
    private final class Knocking implements Outlet, Protocols.Guests {
        private @Nullable InetSocketAddress from;
        private @Nullable Seat seat;

        /// The seat that its datagram has made; null if none.
        @Nullable Seat at(ByteBuffer datagram, InetSocketAddress address) {
            if (!isInviting()) {
                return null;
            }
            from = address;
            seat = null;
            Link link = null;
            try {
                link = door.knock(datagram, address, this, this, now);
            } finally {
                if (link == null && seat != null) {
                    places.rise(seat);
                }
            }
            Seat made = seat;
            if (link == null || made == null) {
                return null;
            }
            made.begin(link);
            seats.put(address, made);
            living++;
            return made;
        }

        Outlet answering(InetSocketAddress address) {
            from = address;
            return this;
        }

        @Override
        public boolean send(ByteBuffer datagram) {
            return port.send(datagram, from);
        }

        @Override
        public Protocols.@Nullable Guest seat(boolean isProved) {
            InetSocketAddress address = from;
            if (address == null) {
                throw new IllegalStateException("nobody knocks");
            }
            Seat made = new Seat(PeerTable.this, address, isProved, now);
            if (!places.sit(made, isProved)) {
                return null;
            }
            seat = made;
            return made;
        }
    }
}
