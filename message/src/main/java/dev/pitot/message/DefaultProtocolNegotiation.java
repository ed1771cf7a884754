package dev.pitot.message;

import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import dev.pitot.message.dtls.link.DtlsContext;
import dev.pitot.message.dtls.link.DtlsLink;
import dev.pitot.message.extended.AddressValidation;
import dev.pitot.message.extended.BufferPool;
import dev.pitot.message.extended.ExtendedLink;
import dev.pitot.message.extended.ExtendedSettings;
import dev.pitot.message.extended.Hello;
import dev.pitot.message.legume.BodyLengths;
import dev.pitot.message.legume.ConnectRequest;
import dev.pitot.message.legume.LegumeLink;
import dev.pitot.message.legume.LegumeSettings;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Legume's protocol and the extended mode, and how the ends agree on one of them
/// (docs/message-protocol.md, "Finding each other"). Each endpoint's thread uses it by itself.
final class DefaultProtocolNegotiation implements ProtocolNegotiation {
    private static final CloseReason NO_DTLS = new CloseReason(CloseReason.Cause.UNTRUSTED, "this server has no DTLS");
    private static final CloseReason DTLS_ONLY = new CloseReason(CloseReason.Cause.UNTRUSTED, "this server wants DTLS");
    private static final int IDS = 1 << 16;
    private static final int PROTOCOL = 4; // legume's
    private static final int LEAST_SERVER_ID = 1024;

    /// Reliable, and the pattern that legume ignores.
    private static final int EXTENDED_FLAGS = 0xAA;

    private final ProtocolMode mode;
    private final BodyLengths bodyLengths;
    private final LegumeSettings legume;
    private final ExtendedSettings extended;
    private final Protection protection;
    private final SecureRandom random = new SecureRandom();

    DefaultProtocolNegotiation(MessageTypes types, Duration timeout, ProtocolOptions options) {
        mode = options.mode();
        protection = options.protection();
        bodyLengths = new BodyLengths() {
            @Override
            public int bodyLength(int typeId, ByteBuffer at) {
                return types.bodyLength(typeId, at);
            }

            @Override
            public @Nullable String openEndedField(int typeId) {
                MessageType type = types.type(typeId);
                return type == null ? null : type.openEndedField();
            }

            @Override
            public @Nullable String fieldOfPitot(int typeId) {
                MessageType type = types.type(typeId);
                return type == null ? null : type.fieldOfPitot();
            }
        };
        legume = new LegumeSettings(timeout, options.sendQueueBytes(), options.keepsResendDelay(), options.migrates());
        extended = new ExtendedSettings(
                timeout,
                options.largestMessage(),
                options.sendQueueBytes(),
                ExtendedSettings.DEFAULT.largestDatagram() - (isProtected() ? DtlsLink.OVERHEAD : 0),
                isProtected());
    }

    private boolean isProtected() {
        return protection instanceof Protection.Dtls;
    }

    @Override
    public ProtocolConnection client(String host, LinkListener listener, long now) {
        int firstId = random.nextInt(IDS);
        if (mode == ProtocolMode.LEGUME) {
            return LegumeLink.client(
                    bodyLengths, legume, ConnectRequest.ofLegume(firstId), random.nextLong(), listener, now);
        }
        int nonce = 1 + random.nextInt(IDS - 1);
        var request = new ConnectRequest(firstId, nonce, EXTENDED_FLAGS, PROTOCOL);
        var pool = new BufferPool(random);
        Function<LinkListener, ExtendedLink> inner = heard -> ExtendedLink.client(nonce, extended, pool, heard, now);
        ProtocolConnection other = switch (protection) {
            case Protection.None _ -> inner.apply(listener);
            case Protection.Dtls(Identity identity, Trust trust) ->
                DtlsLink.of(DtlsContext.client(host, trust, identity, extended.timeout()), inner, listener, now);
        };
        return new NegotiatingLink(
                listener,
                heard -> LegumeLink.client(
                        bodyLengths,
                        legume,
                        request,
                        random.nextLong(),
                        mode == ProtocolMode.EXTENDED ? new LegumeRefused(heard) : heard,
                        now),
                new NegotiatingLink.OtherProtocol(other, AddressValidation::isExtended, () -> hasBegun(other)));
    }

    private static boolean hasBegun(ProtocolConnection link) {
        ExtendedLink plain = withoutDtls(link);
        return plain != null && plain.hasBegun();
    }

    /// The extended mode's link, alone or inside DTLS; null if it is one of legume's.
    private static @Nullable ExtendedLink withoutDtls(ProtocolConnection link) {
        ProtocolConnection plain = link instanceof DtlsLink secured ? secured.inner() : link;
        return plain instanceof ExtendedLink extended ? extended : null;
    }

    /// What listens to the plain protocol where that will not do.
    ///
    /// @param outer is not told that it would be open
    private record LegumeRefused(LinkListener outer) implements LinkListener {
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

    /// Makes a random number the seed of a server's end. Its lower 16 bits are the first id, and not as low as
    /// an original's: or a client would take this server for one whose ids end, and go on from another port.
    static long serverSeed(long random) {
        return (random & IDS - 1) < LEAST_SERVER_ID ? random | LEAST_SERVER_ID : random;
    }

    @Override
    public Acceptor acceptor(long now) {
        return new DefaultAcceptor(
                switch (protection) {
                    case Protection.None _ -> null;
                    case Protection.Dtls(Identity identity, Trust trust) -> {
                        if (identity == null) {
                            throw new IllegalArgumentException("a server with DTLS needs an identity");
                        }
                        yield DtlsContext.server(identity, trust, extended.timeout());
                    }
                });
    }

    private final class DefaultAcceptor implements Acceptor {
        private final AddressValidation cookies = new AddressValidation(random);
        private final BufferPool pool = new BufferPool(random);
        private final ByteBuffer answer = ByteBuffer.allocateDirect(AddressValidation.MAX_ANSWER);
        private final @Nullable DtlsContext context;

        /// @param context of DTLS; null without
        DefaultAcceptor(@Nullable DtlsContext context) {
            this.context = context;
        }

        @Override
        public @Nullable ProtocolConnection accept(ByteBuffer datagram, UnknownSender sender, long now) {
            if (AddressValidation.isExtended(datagram)) {
                Hello hello = mode == ProtocolMode.LEGUME ? null : cookies.verify(datagram, sender.address(), now);
                if (hello == null) {
                    answerStray(datagram, sender, now);
                    return null;
                }
                CloseReason misfit = misfit(hello);
                if (misfit != null) {
                    refuse(hello, misfit, sender);
                    sender.refused(misfit);
                    return null;
                }
                PendingConnection pending = sender.reserve(true);
                return pending == null ? null : welcome(hello, pending, now);
            }
            if (challenge(datagram, sender, now)
                    || mode == ProtocolMode.EXTENDED
                    || !ConnectRequest.isConnectRequest(datagram)) {
                return null;
            }
            PendingConnection pending = sender.reserve(false);
            return pending == null
                    ? null
                    : LegumeLink.server(
                            bodyLengths, legume, serverSeed(random.nextLong()), pending::admit, pending, now);
        }

        /// A hello whose cookie is not good any more gets another challenge, a packet of no connection a reset;
        /// inside DTLS there are no packets in the clear.
        private void answerStray(ByteBuffer datagram, UnknownSender sender, long now) {
            if (mode != ProtocolMode.LEGUME
                    && (cookies.challengeAgain(datagram, sender.address(), now, answer)
                            || (context == null && cookies.reset(datagram, answer)))) {
                sender.send(answer);
            }
        }

        @Override
        public int connectionIdOf(ByteBuffer datagram) {
            return AddressValidation.connectionIdOf(datagram);
        }

        @Override
        public boolean hasMoved(ProtocolConnection link, ByteBuffer datagram, UnknownSender sender, long now) {
            return link instanceof ExtendedLink plain
                    && plain.hasMoved(
                            datagram, cookies.pathToken(plain.connectionId(), sender.address(), now), sender, now);
        }

        private ProtocolConnection welcome(Hello hello, PendingConnection pending, long now) {
            Function<LinkListener, ExtendedLink> inner =
                    heard -> ExtendedLink.server(hello, pending::admit, extended, pool, heard, now);
            return context == null ? inner.apply(pending) : DtlsLink.of(context, inner, pending, now);
        }

        /// Why a client is refused that wants DTLS of a server without, or the other way round; null if
        /// it is not.
        private @Nullable CloseReason misfit(Hello hello) {
            return hello.isProtected() == (context != null) ? null : context == null ? NO_DTLS : DTLS_ONLY;
        }

        private void refuse(Hello hello, CloseReason reason, UnknownSender sender) {
            cookies.refusal(hello, reason, answer);
            sender.send(answer);
        }

        /// Whether the datagram was a request that is answered without keeping anything.
        private boolean challenge(ByteBuffer datagram, UnknownSender sender, long now) {
            int nonce = mode == ProtocolMode.LEGUME ? 0 : AddressValidation.nonceOf(datagram);
            if (nonce == 0) {
                return false;
            }
            cookies.challenge(nonce, sender.address(), now, answer);
            sender.send(answer);
            return true;
        }

        @Override
        public boolean isRestart(ProtocolConnection link, ByteBuffer datagram, UnknownSender sender, long now) {
            if (mode == ProtocolMode.LEGUME || challenge(datagram, sender, now)) {
                return false;
            }
            Hello hello =
                    AddressValidation.isExtended(datagram) ? cookies.verify(datagram, sender.address(), now) : null;
            ExtendedLink known = withoutDtls(link);
            if (hello == null || (known != null && known.isSameAttempt(hello)) || !hello.isOfThisVersion()) {
                return false;
            }
            CloseReason misfit = misfit(hello);
            if (misfit != null) {
                refuse(hello, misfit, sender);
            }
            return misfit == null;
        }
    }
}
