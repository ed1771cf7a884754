package dev.pitot.lab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.probe.CommandTargets;
import dev.pitot.lab.probe.ScriptedConnection;
import dev.pitot.lab.probe.ShellConnection;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.NodeConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DeviceStateTest {
    private static final CommandEnd OK = new CommandEnd.Exited(0);

    @Test
    void tellsWhatTheNodeTold() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.of(
                OK,
                "0 Linux tate 6.1.0 armv7l",
                "2 \tSSID: lab",
                "0 ",
                "1 1: lo    inet 127.0.0.1/8 scope host lo",
                "1 2: wlan0    inet 10.0.0.2/24 brd 10.0.0.255 scope global wlan0",
                "0 0.52 0.40 0.30 1/200 4711",
                "1 2: wlan0    inet6 fe80::1/64 scope link",
                "0 4",
                "2 \tsignal: -52 dBm",
                "3 POWER_SUPPLY_STATUS=Discharging",
                "3 POWER_SUPPLY_CAPACITY=85"));

        DeviceState state = look(CommandTargets.of("tate", OperatingSystem.LINUX, node, "wlan0", false));

        assertThat(state.error()).isNull();
        assertThat(state.lines())
                .containsExactly(
                        "node: tate",
                        "kernel: Linux tate 6.1.0 armv7l",
                        "load: 0.52",
                        "cpus: 4",
                        "addresses.lo: 127.0.0.1/8",
                        "addresses.wlan0: 10.0.0.2/24 fe80::1/64",
                        "ssid: lab",
                        "rssi_dbm: -52",
                        "battery_percent: 85",
                        "battery_charging: false");
    }

    @Test
    void readsIfconfig() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.of(
                OK,
                "0 Darwin tate 23.0.0",
                "1 en0: flags=8863<UP> mtu 1500",
                "1 \tether 00:11:22:33:44:55",
                "1 \tinet 10.0.0.3 netmask 0xffffff00 broadcast 10.0.0.255",
                "1 wlan0     Link encap:Ethernet",
                "1           inet addr:10.0.0.4  Bcast:10.0.0.255"));

        DeviceState state = look(CommandTargets.of("tate", OperatingSystem.MACOS, node, null, false));

        assertThat(state.facts())
                .containsEntry("addresses.en0", "10.0.0.3")
                .containsEntry("addresses.wlan0", "10.0.0.4")
                .doesNotContainKeys("cpus", "load", "rssi", "battery_percent");
    }

    @Test
    void aNodeThatIsNotReachedIsATrouble() throws Exception {
        assertThat(look(linux(new ScriptedConnection(ScriptedConnection.Act.refused("tate cannot be reached."))))
                        .lines())
                .containsExactly("node: tate", "trouble: tate cannot be reached.");
        var silent = new ScriptedConnection(ScriptedConnection.Act.goesOn());
        assertThat(DeviceState.query(
                                CommandTargets.linux("tate", silent, Duration.ofMillis(100), Duration.ofMillis(100)))
                        .error())
                .contains("did not answer within 100 ms");
        assertThat(silent.started()).hasSize(1);
        assertThat(look(CommandTargets.of("tate", OperatingSystem.IOS, silent, null, false))
                        .error())
                .isEqualTo("No command can be run on tate.");
    }

    @Test
    void garbageIsCutAndCleaned() throws Exception {
        var node = new ScriptedConnection(ScriptedConnection.Act.of(OK, "0 x\u001b[1m" + "y".repeat(1000)));

        DeviceState state = look(linux(node));

        assertThat(state.facts().get("kernel")).startsWith("x [1my").hasSize(500);
        assertThat(List.copyOf(state.facts().keySet())).containsExactly("kernel");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisMachineHasAKernelAndProcessors() throws Exception {
        DeviceState state = look(linux(new ShellConnection(null)));

        assertThat(state.error()).isNull();
        assertThat(state.facts().get("kernel")).startsWith("Linux ");
        assertThat(state.facts()).containsKeys("cpus", "load");
    }

    private static CommandTarget linux(NodeConnection connection) {
        return CommandTargets.linux("tate", connection);
    }

    private static DeviceState look(CommandTarget target) throws InterruptedException {
        return DeviceState.query(target);
    }
}
