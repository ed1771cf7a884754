package dev.pitot.message;

import dev.pitot.message.ProtocolOptions.Dialect;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.extended.ExtendedDoor;
import dev.pitot.message.extended.ExtendedLink;
import dev.pitot.message.extended.ExtendedSettings;
import dev.pitot.message.extended.Hello;
import dev.pitot.message.extended.Stock;
import dev.pitot.message.legume.ConnectRequest;
import dev.pitot.message.legume.Framing;
import dev.pitot.message.legume.LegumeLink;
import dev.pitot.message.legume.LegumeSettings;
import dev.pitot.message.link.Link;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.Outlet;
import dev.pitot.message.secure.Identity;
import dev.pitot.message.secure.SecureContext;
import dev.pitot.message.secure.SecuredLink;
import dev.pitot.message.secure.Trust;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Legume's protocol and the extended mode, and how the ends agree on one of them
/// (docs/messages.md, "Finding each other"). Each endpoint's thread uses it by itself.
final class RealProtocols implements Protocols {
    private static final int IDS = 1 << 16;
    private static final int PROTOCOL = 4; // legume's

    /// Reliable, and the pattern that legume ignores.
    private static final int EXTENDED_FLAGS = 0xAA;

    private final Dialect dialect;
    private final Framing framing;
    private final LegumeSettings legume;
    private final ExtendedSettings extended;
    private final Protection protection;
    private final SecureRandom random = new SecureRandom();

    RealProtocols(MessageTypes types, Duration timeout, ProtocolOptions options) {
        dialect = options.dialect();
        protection = options.protection();
        framing = types::bodyLength;
        legume = new LegumeSettings(
                timeout,
                LegumeSettings.USUAL.pingInterval(),
                LegumeSettings.USUAL.queueLimitBytes(),
                options.keepsResendDelay());
        extended = new ExtendedSettings(
                timeout,
                options.largestMessage(),
                options.sendQueueBytes(),
                ExtendedSettings.DEFAULT.largestDatagram() - (isProtected() ? SecuredLink.OVERHEAD : 0),
                isProtected());
    }

    private boolean isProtected() {
        return protection instanceof Protection.Dtls;
    }

    @Override
    public Link client(String host, LinkListener listener, long now) {
        int firstId = random.nextInt(IDS);
        if (dialect == Dialect.LEGUME) {
            return LegumeLink.client(framing, legume, ConnectRequest.ofLegume(firstId), listener, now);
        }
        int nonce = 1 + random.nextInt(IDS - 1);
        var request = new ConnectRequest(firstId, nonce, EXTENDED_FLAGS, PROTOCOL);
        var stock = new Stock(random);
        Function<LinkListener, ExtendedLink> inner = heard -> ExtendedLink.client(nonce, extended, stock, heard, now);
        Link other = switch (protection) {
            case Protection.None _ -> inner.apply(listener);
            case Protection.Dtls(Identity identity, Trust trust) ->
                SecuredLink.of(SecureContext.client(host, trust, identity, extended.timeout()), inner, listener, now);
        };
        return new FirstContact(
                listener,
                heard -> LegumeLink.client(
                        framing, legume, request, dialect == Dialect.EXTENDED ? new NoLegume(heard) : heard, now),
                new FirstContact.Other(other, ExtendedDoor::isExtended, () -> hasBegun(other)));
    }

    private static boolean hasBegun(Link link) {
        ExtendedLink plain = withoutDtls(link);
        return plain != null && plain.hasBegun();
    }

    /// The extended mode's link, alone or inside DTLS; null if it is one of legume's.
    private static @Nullable ExtendedLink withoutDtls(Link link) {
        Link plain = link instanceof SecuredLink secured ? secured.inner() : link;
        return plain instanceof ExtendedLink extended ? extended : null;
    }

    /// What listens to the plain protocol where that will not do.
    ///
    /// @param outer is not told that it would be open
    private record NoLegume(LinkListener outer) implements LinkListener {
        @Override
        public void opened() {
            outer.closed(new CloseReason(
                    CloseReason.Cause.VERSION, "the server speaks legume's protocol only, and this end must not"));
        }

        @Override
        public void message(ByteBuffer payload, Channel channel) {}

        @Override
        public void closed(CloseReason reason) {
            outer.closed(reason);
        }
    }

    @Override
    public Door door(long now) {
        return new RealDoor(
                switch (protection) {
                    case Protection.None _ -> null;
                    case Protection.Dtls(Identity identity, Trust trust) -> {
                        if (identity == null) {
                            throw new IllegalArgumentException("a server with DTLS needs an identity");
                        }
                        yield SecureContext.server(identity, trust, extended.timeout());
                    }
                });
    }

    private final class RealDoor implements Door {
        private final ExtendedDoor cookies = new ExtendedDoor(random);
        private final Stock stock = new Stock(random);
        private final ByteBuffer answer = ByteBuffer.allocateDirect(ExtendedDoor.MAX_ANSWER);
        private final @Nullable SecureContext context;

        /// @param context of DTLS; null without
        RealDoor(@Nullable SecureContext context) {
            this.context = context;
        }

        @Override
        public @Nullable Link knock(
                ByteBuffer datagram, InetSocketAddress from, Outlet outlet, Guests guests, long now) {
            if (ExtendedDoor.isExtended(datagram)) {
                Hello hello = dialect == Dialect.LEGUME ? null : cookies.verify(datagram, from, now);
                if (hello == null || isRefused(hello, outlet)) {
                    return null;
                }
                Guest guest = guests.seat(true);
                return guest == null ? null : welcome(hello, guest, now);
            }
            if (challenge(datagram, from, outlet, now)
                    || dialect == Dialect.EXTENDED
                    || !ConnectRequest.isConnectRequest(datagram)) {
                return null;
            }
            Guest guest = guests.seat(false);
            return guest == null
                    ? null
                    : LegumeLink.server(framing, legume, random.nextInt(IDS), guest::admit, guest, now);
        }

        private Link welcome(Hello hello, Guest guest, long now) {
            Function<LinkListener, ExtendedLink> inner =
                    heard -> ExtendedLink.server(hello, guest::admit, extended, stock, heard, now);
            return context == null ? inner.apply(guest) : SecuredLink.of(context, inner, guest, now);
        }

        /// Tells a client that wants DTLS of a server without, or the other way round.
        private boolean isRefused(Hello hello, Outlet outlet) {
            boolean isFit = hello.isProtected() == (context != null);
            if (!isFit) {
                String sentence = context == null ? "this server has no DTLS" : "this server wants DTLS";
                cookies.refusal(hello, new CloseReason(CloseReason.Cause.UNTRUSTED, sentence), answer);
                outlet.send(answer);
            }
            return !isFit;
        }

        /// Whether the datagram was a request that is answered without keeping anything.
        private boolean challenge(ByteBuffer datagram, InetSocketAddress from, Outlet outlet, long now) {
            int nonce = dialect == Dialect.LEGUME ? 0 : ExtendedDoor.nonceOf(datagram);
            if (nonce == 0) {
                return false;
            }
            cookies.challenge(nonce, from, now, answer);
            outlet.send(answer);
            return true;
        }

        @Override
        public boolean isAnew(Link link, ByteBuffer datagram, InetSocketAddress from, Outlet outlet, long now) {
            if (dialect == Dialect.LEGUME || challenge(datagram, from, outlet, now)) {
                return false;
            }
            Hello hello = ExtendedDoor.isExtended(datagram) ? cookies.verify(datagram, from, now) : null;
            ExtendedLink known = withoutDtls(link);
            return hello != null
                    && !(known != null && known.isSameAttempt(hello))
                    && hello.isOfThisVersion()
                    && !isRefused(hello, outlet);
        }
    }
}
