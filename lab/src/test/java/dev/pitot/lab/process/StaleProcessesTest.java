package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.remote.ConnectionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class StaleProcessesTest {
    @Test
    void aNodeWithoutCommandsIsNotTouched() throws Exception {
        var connection = new ProcessConnection();
        var untouched = new StaleProcesses(new NodeCommands(connection, OperatingSystem.IOS), "tate");

        assertThat(untouched.end(List.of("iperf"))).isEmpty();
        assertThat(connection.startedCommands()).isZero();
    }

    @Test
    void aNodeThatCannotBeReachedIsToldAsSuch() {
        var dead = new ProcessConnection();
        dead.loseNext(2);
        var unreachable = new StaleProcesses(new NodeCommands(dead, OperatingSystem.LINUX), "tate");

        assertThatThrownBy(() -> unreachable.end(List.of("iperf")))
                .isInstanceOf(ConnectionException.class)
                .hasMessage("this machine is gone: plug it in");
    }
}
