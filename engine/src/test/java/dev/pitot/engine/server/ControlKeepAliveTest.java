package dev.pitot.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.Timeouts;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpSetup;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ControlKeepAliveTest {
    private static final Duration RECEIVE = Duration.ofSeconds(120);

    private final SocketFamily portable = SocketFamilies.portable();

    @Test
    void aHostThatIsGoneIsNoticedWithinHalfAMinute() {
        TcpSetup.Liveness liveness = ControlKeepAlive.of(Timeouts.DEFAULT, SocketFamilies.best());

        KeepAlive keepAlive = Objects.requireNonNull(liveness.keepAlive());
        assertThat(keepAlive.idle().plus(keepAlive.interval().multipliedBy(keepAlive.count())))
                .isLessThan(Duration.ofSeconds(30));
        assertThat(liveness.userTimeout()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void asksOfSocketsOnlyWhatTheyHave() {
        assertThat(ControlKeepAlive.of(Timeouts.DEFAULT, portable).userTimeout())
                .isZero();
    }

    @Test
    void whoeverChoosesTimesHasThose() {
        var keepAlive = new KeepAlive(Duration.ofSeconds(600), Duration.ZERO, 0);
        var timeouts = new Timeouts(Duration.ZERO, RECEIVE, Duration.ofSeconds(7), keepAlive);

        assertThat(ControlKeepAlive.of(timeouts, SocketFamilies.best()))
                .isEqualTo(new TcpSetup.Liveness(Duration.ofSeconds(7), keepAlive));
    }
}
