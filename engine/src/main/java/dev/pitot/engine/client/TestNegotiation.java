package dev.pitot.engine.client;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.socket.TcpConnection;
import java.io.IOException;

/// Decides the settings that depend on the open control connection, and announces verbose notes (`-V`) in
/// iperf's words and order (iperf_client_api.c: iperf_connect).
final class TestNegotiation {
    /// iperf version whose protocol is spoken; iperf3 clients send theirs too.
    private static final String VERSION = "3.21";

    private final TcpConnection control;
    private final EventDispatcher eventDispatcher;

    private TestNegotiation(TcpConnection control, EventDispatcher eventDispatcher) {
        this.control = control;
        this.eventDispatcher = eventDispatcher;
    }

    /// Returns the test with all settings decided.
    static TestConfig of(ClientConfig config, TcpConnection control, EventDispatcher eventDispatcher)
            throws SessionFailure {
        var negotiation = new TestNegotiation(control, eventDispatcher);
        if (config.timeouts().controlKeepAlive() != null) {
            negotiation.tellKeepAlive();
        }
        TestConfig test = config.test();
        if (test.metadata().clientVersion() == null) {
            test = test.toBuilder().clientVersion(VERSION).build();
        }
        return negotiation.withBlocks(test);
    }

    private void tellKeepAlive() throws SessionFailure {
        try {
            KeepAlive times = control.keepAlive();
            note(
                    TestEvent.Level.VERBOSE,
                    "Control connection TCP Keepalive TCP_KEEPIDLE/TCP_KEEPINTVL/TCP_KEEPCNT are set to "
                            + times.idle().toSeconds() + "/" + times.interval().toSeconds() + "/" + times.count());
        } catch (InvalidSettingException e) {
            throw SessionFailure.of(e.error(), e.detail(), e);
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.SET_KEEPALIVE);
        }
    }

    /// Sets the length of datagrams, if it was not configured.
    private TestConfig withBlocks(TestConfig test) {
        int mss = control.mss();
        note(TestEvent.Level.VERBOSE, "Control connection MSS " + mss);
        TestConfig settled = test.withBlocksFor(mss);
        if (!settled.protocol().isDatagram()) {
            return settled;
        }
        int block = settled.streams().blockBytes();
        if (test.streams().blockBytes() == 0) {
            note(TestEvent.Level.VERBOSE, "Setting UDP block size to " + block);
        }
        if (mss > 0 && block > mss) {
            note(
                    TestEvent.Level.WARNING,
                    "UDP block size " + block + " exceeds TCP MSS " + mss + ", may result in fragmentation / drops");
        }
        return settled;
    }

    private void note(TestEvent.Level level, String text) {
        eventDispatcher.announce(new TestEvent.Note(level, text));
    }
}
