package dev.pitot.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.UdpSetup;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.datagram.UdpConnectMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UdpStreamQueueTest {
    private static final long SILENCE = UdpStreamQueue.SILENCE.toNanos();
    private static final long MILLI = 1_000_000;

    /// The clock overflows during every test here, as a real one may at any moment.
    private static final long START = Long.valueOf(Long.MAX_VALUE) - SILENCE / 2;

    private static final Cookie MINE = new Cookie("abcdefghijklmnopqrstuvwxyz234567abcd");
    private static final Cookie OTHER = new Cookie("abcdefghijklmnopqrstuvwxyz234567abce");

    private final UdpStreamQueue turns = new UdpStreamQueue();

    private record Waiting(
            String name,
            int last,
            Duration roundTrip,
            int streamCount,
            @Nullable Cookie cookie) implements UdpStreamWaiter {
        Waiting(String name, int last, Duration roundTrip, int streamCount) {
            this(name, last, roundTrip, streamCount, null);
        }

        @Override
        public InetAddress client() {
            return address(last, 1).getAddress();
        }

        @Override
        public UdpSetup setup() {
            throw new AssertionError("no socket is opened here");
        }

        @Override
        public boolean isExpectingRequests() {
            return true;
        }

        @Override
        public boolean offer(AcceptedConnection<?> accepted) {
            return true;
        }

        @Override
        public void fail(SocketException failure) {
            throw new AssertionError(failure);
        }
    }

    private static InetSocketAddress address(int last, int port) {
        return new InetSocketAddress("192.0.2." + last, port);
    }

    private static UdpStreamWaiter udpStreamWaiter(String name, int streams) {
        return new Waiting(name, 1, Duration.ZERO, streams);
    }

    private void assertHolder(UdpStreamQueue.Waiter waiter) {
        assertThat(turns.holder(address(1, 99))).isSameAs(waiter);
    }

    @Test
    void theFirstHasTheTurnAtOnce() {
        UdpStreamQueue.Waiter first = turns.add(udpStreamWaiter("first", 1), START);
        UdpStreamQueue.Waiter second = turns.add(udpStreamWaiter("second", 1), START);

        assertThat(first.hadTurn()).isTrue();
        assertThat(second.hadTurn()).isFalse();
        assertHolder(first);
    }

    @Test
    void anotherAddressHasTurnsOfItsOwn() {
        turns.add(udpStreamWaiter("first", 1), START);

        UdpStreamQueue.Waiter other = turns.add(new Waiting("other", 2, Duration.ZERO, 1), START);

        assertThat(turns.holder(address(2, 5))).isSameAs(other);
        assertThat(turns.holder(address(3, 5))).isNull();
    }

    @Test
    void aTestWithAllItsStreamsPassesTheTurnOn() {
        UdpStreamQueue.Waiter first = turns.add(udpStreamWaiter("first", 2), START);
        UdpStreamQueue.Waiter second = turns.add(udpStreamWaiter("second", 1), START);

        turns.onStream(first, address(1, 10), START);
        turns.update(START);
        assertHolder(first);
        turns.onStream(first, address(1, 11), START);
        turns.update(START);

        assertHolder(second);
        assertThat(turns.isKnown(address(1, 10))).isTrue();
    }

    @Test
    void aSilentTestIsPassedOverAfterASecond() {
        UdpStreamQueue.Waiter silent = turns.add(udpStreamWaiter("silent", 1), START);
        UdpStreamQueue.Waiter next = turns.add(udpStreamWaiter("next", 1), START);

        turns.update(START + SILENCE - 1);
        assertHolder(silent);
        turns.update(START + SILENCE);

        assertHolder(next);
        assertThat(next.hadTurn()).isTrue();
    }

    @Test
    void aTestThatWasAloneAndSilentIsPassedOverAtOnce() {
        turns.add(udpStreamWaiter("silent", 1), START);

        UdpStreamQueue.Waiter next = turns.add(udpStreamWaiter("next", 1), START + 3 * SILENCE);

        assertHolder(next);
    }

    @Test
    void aRequestThatComesAgainKeepsTheTurn() {
        UdpStreamQueue.Waiter repeating = turns.add(udpStreamWaiter("repeating", 2), START);
        turns.add(udpStreamWaiter("next", 1), START);
        turns.onStream(repeating, address(1, 10), START);

        turns.onRepeatedRequest(repeating, START + SILENCE / 2);
        turns.update(START + SILENCE);

        assertHolder(repeating);
    }

    @Test
    void whoShowsACookieWaitsForNobodyAndTakesNobodysPlace() {
        UdpStreamQueue.Waiter iperfs = turns.add(udpStreamWaiter("iperf's", 1), START);
        UdpStreamQueue.Waiter pitots = turns.add(new Waiting("Pitot's", 1, Duration.ZERO, 1, MINE), START);

        assertThat(pitots.hadTurn()).isTrue();
        assertHolder(iperfs);
        assertThat(turns.waiterFor(address(1, 10), UdpConnectMessage.request(MINE)))
                .isSameAs(pitots);
        assertThat(turns.waiterFor(address(1, 10), UdpConnectMessage.request())).isSameAs(iperfs);
    }

    @Test
    void aCookieCountsOnlyForItsTestAndFromItsClient() {
        turns.add(udpStreamWaiter("iperf's", 1), START);
        UdpStreamQueue.Waiter pitots = turns.add(new Waiting("Pitot's", 1, Duration.ZERO, 1, MINE), START);

        assertThat(turns.waiterFor(address(2, 10), UdpConnectMessage.request(MINE)))
                .isNull();
        assertThat(turns.waiterFor(address(1, 10), UdpConnectMessage.request(OTHER)))
                .isNull();
        turns.onStream(pitots, address(1, 10), START);
        turns.update(START);

        assertThat(turns.waiterFor(address(1, 11), UdpConnectMessage.request(MINE)))
                .isNull(); // complete
    }

    @Test
    void aTestThatShowsACookieIsNeverTheOneWhoseTurnItIs() {
        turns.add(new Waiting("Pitot's", 1, Duration.ZERO, 1, MINE), START);
        turns.update(START + 10 * SILENCE);

        assertThat(turns.waiterFor(address(1, 10), UdpConnectMessage.request())).isNull();
    }

    @Test
    void aTestThatNobodyWaitsForKeepsItsTurn() {
        UdpStreamQueue.Waiter slow = turns.add(udpStreamWaiter("slow", 1), START);

        turns.update(START + 10 * SILENCE);

        assertHolder(slow);
    }

    @Test
    void aTestWithALongRoundTripHasItsTime() {
        UdpStreamQueue.Waiter far = turns.add(new Waiting("far", 1, Duration.ofSeconds(2), 1), START);
        UdpStreamQueue.Waiter next = turns.add(udpStreamWaiter("next", 1), START);

        turns.update(START + 2_900 * MILLI);
        assertHolder(far);
        turns.update(START + 3_000 * MILLI);

        assertHolder(next);
    }

    @Test
    void everyStreamBeginsTheTimeAnew() {
        UdpStreamQueue.Waiter first = turns.add(udpStreamWaiter("first", 2), START);
        turns.add(udpStreamWaiter("next", 1), START);

        turns.onStream(first, address(1, 10), START + SILENCE - 1);
        turns.update(START + SILENCE);

        assertHolder(first);
    }

    @Test
    void whoWasPassedOverComesBehindThoseThatHaveNotHadTheirTurn() {
        UdpStreamQueue.Waiter silent = turns.add(udpStreamWaiter("silent", 1), START);
        UdpStreamQueue.Waiter second = turns.add(udpStreamWaiter("second", 1), START);
        UdpStreamQueue.Waiter third = turns.add(udpStreamWaiter("third", 1), START);

        turns.update(START + SILENCE);
        assertHolder(second);
        turns.onStream(second, address(1, 10), START + SILENCE);
        turns.update(START + SILENCE);
        assertHolder(third);
        turns.onStream(third, address(1, 11), START + SILENCE);
        turns.update(START + SILENCE);

        assertHolder(silent);
    }

    @Test
    void manySilentTestsTakeTurns() {
        UdpStreamQueue.Waiter first = turns.add(udpStreamWaiter("first", 1), START);
        UdpStreamQueue.Waiter second = turns.add(udpStreamWaiter("second", 1), START);

        turns.update(START + SILENCE);
        assertHolder(second);
        turns.update(START + 2 * SILENCE);
        assertHolder(first);
        turns.update(START + 3 * SILENCE);
        assertHolder(second);
    }

    @Test
    void whoLeavesPassesTheTurnOn() {
        UdpStreamWaiter first = udpStreamWaiter("first", 1);
        turns.add(first, START);
        UdpStreamQueue.Waiter second = turns.add(udpStreamWaiter("second", 1), START);

        turns.remove(first, START);

        assertHolder(second);
        turns.remove(second.udpStreamWaiter(), START);
        assertThat(turns.waiters()).isEmpty();
        assertThat(turns.holder(address(1, 99))).isNull();
    }
}
