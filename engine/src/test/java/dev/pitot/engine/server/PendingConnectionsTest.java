package dev.pitot.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.engine.StubConnection;
import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.engine.session.Deadline;
import dev.pitot.model.config.Protocol;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.testkit.ManualClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingConnectionsTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    private final ManualClock clock = new ManualClock();
    private final PendingConnections pending = new PendingConnections(clock);
    private final List<AcceptedConnection<TcpConnection>> all = new ArrayList<>();

    private AcceptedConnection<TcpConnection> sender() {
        var sender = new AcceptedConnection<TcpConnection>(new StubConnection(), Protocol.TCP, all.size());
        all.add(sender);
        return sender;
    }

    /// The clock stands still while a caller waits, so waiting must not be necessary.
    private WaitPolicy none() {
        return Deadline.none(clock, () -> false);
    }

    private void fill() throws IOException {
        for (int i = 0; i < PendingConnections.MAX; i++) {
            pending.admit(sender(), none());
        }
    }

    @Test
    void theOldestGivesWay() throws Exception {
        fill();
        clock.advance(PendingConnections.MIN_TIME);

        pending.admit(sender(), none());

        assertThat(pending.leave(all.get(0))).isFalse();
        assertThat(pending.leave(all.get(1))).isTrue();
        assertThat(pending.leave(all.getLast())).isTrue();
    }

    @Test
    void whoHasMadeAStepIsTheYoungest() throws Exception {
        fill();
        clock.advance(PendingConnections.MIN_TIME);
        pending.advance(all.get(0), Duration.ZERO);

        pending.admit(sender(), none());

        assertThat(pending.leave(all.get(0))).isTrue();
        assertThat(pending.leave(all.get(1))).isFalse();
    }

    @Test
    void everyOneHasItsTime() throws Exception {
        fill();
        clock.advance(PendingConnections.MIN_TIME.minus(MILLI));
        var looks = new int[1];
        WaitPolicy threeLooks = Deadline.none(clock, () -> looks[0]++ == 3);

        assertThatThrownBy(() -> pending.admit(sender(), threeLooks)).isInstanceOf(InterruptedIOException.class);

        assertThat(pending.leave(all.get(0))).isTrue();
    }

    @Test
    void aLongRoundTripHasMoreTime() throws Exception {
        fill();
        pending.advance(all.get(0), Duration.ofMillis(600));
        for (int i = 1; i < PendingConnections.MAX; i++) {
            pending.advance(all.get(i), Duration.ZERO);
        }
        clock.advance(Duration.ofMillis(1_199));

        pending.admit(sender(), none());

        assertThat(pending.leave(all.get(0))).isTrue();
        assertThat(pending.leave(all.get(1))).isFalse();
    }

    @Test
    void whoLeavesMakesRoom() throws Exception {
        fill();

        assertThat(pending.leave(all.get(7))).isTrue();
        pending.admit(sender(), none());

        assertThat(pending.leave(all.get(0))).isTrue();
    }
}
