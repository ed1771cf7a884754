package dev.pitot.probe.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class AnswerRateTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void oneAddressGetsItsRateAndNoMore() throws Exception {
        var rate = new AnswerRate(100, 1_000, 0);
        InetAddress source = InetAddress.ofLiteral("192.0.2.1");
        int admitted = 0;
        for (long now = 0; now < 10 * SECOND; now += SECOND / 10_000) {
            admitted += rate.admits(source, now) ? 1 : 0;
        }

        assertThat(admitted).isBetween(1_000, 1_015);
    }

    @Test
    void allAddressesTogetherGetTheTotal() throws Exception {
        var rate = new AnswerRate(100, 1_000, 0);
        int admitted = 0;
        for (int i = 0; i < 100_000; i++) {
            InetAddress source = InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i});
            admitted += rate.admits(source, i * (SECOND / 10_000)) ? 1 : 0;
        }

        assertThat(admitted).isBetween(9_500, 10_150);
    }

    @Test
    void addressesOfOneSiteShareItsRate() throws Exception {
        var rate = new AnswerRate(100, 1_000_000, 0);
        int admitted = 0;
        for (int i = 0; i < 1_000; i++) {
            admitted += rate.admits(InetAddress.ofLiteral("2001:db8::" + Integer.toHexString(i)), 0) ? 1 : 0;
        }

        assertThat(admitted).isBetween(10, 12);
    }

    @Test
    void sessionsAreBoundedAndIdleOnesMakeRoom() {
        var sessions = new ReflectorSessions();
        for (int port = 1; port <= ReflectorSessions.MAX_SESSIONS; port++) {
            assertThat(sessions.next(sender(port), 0, 0)).isZero();
        }

        assertThat(sessions.next(sender(5_000), 0, SECOND)).isEqualTo(-1);
        assertThat(sessions.next(sender(1), 0, 5 * SECOND)).isEqualTo(1);
        assertThat(sessions.next(sender(5_000), 0, 11 * SECOND)).isZero(); // all but one are idle for 10 s
        assertThat(sessions.size()).isEqualTo(2);
        assertThat(sessions.next(sender(1), 0, 900 * SECOND)).isEqualTo(2);
        assertThat(sessions.next(sender(1), 7, 900 * SECOND)).isZero(); // another session of the same sender
        assertThat(sessions.next(sender(5_000), 0, 912 * SECOND)).isZero(); // idle for more than 900 s
    }

    private static InetSocketAddress sender(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
