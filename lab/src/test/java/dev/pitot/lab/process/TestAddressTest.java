package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.system.OperatingSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TestAddressTest {
    private final NodeCommands commands = new NodeCommands(new ProcessConnection(), OperatingSystem.LINUX);

    private static Node node(@Nullable String address, @Nullable String networkInterface) {
        return new Node(
                "tate",
                OperatingSystem.LINUX,
                new Door.Local(),
                new Node.Traffic(address, networkInterface),
                Node.Programs.ANY,
                Node.Control.USUAL);
    }

    @Test
    void aGivenAddressIsTakenWithoutAsking() throws Exception {
        assertThat(TestAddress.of(node("192.168.20.1", "wlan0"), null)).isEqualTo("192.168.20.1");
        assertThat(TestAddress.of(node("fd00::1", null), null)).isEqualTo("fd00::1");
    }

    @Test
    void whatIsNoAddressOfAMachineIsRefused() {
        for (String address : new String[] {"192.168.20.300", "lancet", "0.0.0.0", "::", "224.0.0.1", "-c"}) {
            assertThatThrownBy(() -> TestAddress.of(node(address, null), null))
                    .as(address)
                    .hasMessage("address '" + address
                            + "' of 'tate' is no address of a machine: write one such as 192.168.1.20 or fd00::20");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theAddressOfAnInterfaceIsLookedUpOnTheNode() throws Exception {
        assertThat(TestAddress.of(node(null, "lo"), commands)).isEqualTo("127.0.0.1");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anInterfaceThatIsNotThereIsTold() {
        assertThatThrownBy(() -> TestAddress.of(node(null, "nosuch0"), commands))
                .hasMessage("'tate' tells no address of its interface 'nosuch0': check the interface's name, that it is"
                        + " up, or give 'address'");
    }

    @Test
    void aNodeWithNeitherIsTold() {
        assertThatThrownBy(() -> TestAddress.of(node(null, null), commands))
                .hasMessage("'tate' has no test address: give it 'address' or 'interface'");
        assertThatThrownBy(() -> TestAddress.of(node(null, "wlan0"), null))
                .hasMessage("'tate' has no test address: give it 'address', since it must not be asked");
    }
}
