package dev.pitot.lab.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.process.ProcessConnection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NodeFactsTest {
    private final ProcessConnection connection = new ProcessConnection();
    private final NodeCommands commands = new NodeCommands(connection, OperatingSystem.LINUX);

    private static Node node(@Nullable String address, @Nullable String networkInterface) {
        return new Node(
                "tate",
                OperatingSystem.LINUX,
                new ConnectionSettings.Local(),
                new Node.Traffic(address, networkInterface),
                Node.Tools.ANY,
                Node.Control.DEFAULT);
    }

    private static String address(Node node, @Nullable NodeCommands commands) throws Exception {
        return NodeFacts.of(node, commands, Set.of()).address();
    }

    /// The address, the versions of three programs, the kernel, and what is missing.
    @Test
    @EnabledOnOs(OS.LINUX)
    void oneCommandAsksEverything() throws Exception {
        NodeFacts facts = NodeFacts.of(node(null, "lo"), commands, List.of("sh", "no-such-1", "ls", "no-such-2"));

        assertThat(connection.startedCommands()).isEqualTo(1);
        assertThat(facts.kernel()).startsWith("Linux ");
        assertThat(facts.address()).isEqualTo("127.0.0.1");
        assertThat(facts.missing()).containsExactlyInAnyOrder("no-such-1", "no-such-2");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void answersOfCommandsSideBySideAreToldApart() throws Exception {
        List<List<String>> answers = commands.runAll(List.of(
                List.of("sh", "-c", "sleep 0.2; echo 'it'\\''s $HOME'; echo 1 err >&2; printf last"),
                List.of("seq", "3"),
                List.of("no-such-program"),
                List.of("true")));

        assertThat(answers.get(0)).containsExactly("it's $HOME", "1 err", "last");
        assertThat(answers.get(1)).containsExactly("1", "2", "3");
        assertThat(answers.get(2)).singleElement().asString().contains("no-such-program");
        assertThat(answers.get(3)).isEmpty();
    }

    @Test
    void aGivenAddressIsTakenWithoutAsking() throws Exception {
        assertThat(address(node("192.168.20.1", "wlan0"), null)).isEqualTo("192.168.20.1");
        assertThat(address(node("fd00::1", null), null)).isEqualTo("fd00::1");
    }

    @Test
    void whatIsNoAddressOfAMachineIsRefused() {
        for (String address : new String[] {"192.168.20.300", "lancet", "0.0.0.0", "::", "224.0.0.1", "-c"}) {
            assertThatThrownBy(() -> address(node(address, null), null))
                    .as(address)
                    .hasMessage("address '" + address
                            + "' of 'tate' is no address of a machine: write one such as 192.168.1.20 or fd00::20");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theAddressOfAnInterfaceIsLookedUpOnTheNode() throws Exception {
        assertThat(address(node(null, "lo"), commands)).isEqualTo("127.0.0.1");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anInterfaceThatIsNotThereIsTold() {
        assertThatThrownBy(() -> address(node(null, "nosuch0"), commands))
                .hasMessage(
                        "'tate' reports no address of its interface 'nosuch0': check the interface's name, that it is"
                                + " up, or give 'address'");
    }

    @Test
    void aNodeWithNeitherIsTold() {
        var untouched = new Node(
                "tate",
                OperatingSystem.LINUX,
                new ConnectionSettings.Manual(0),
                new Node.Traffic(null, "wlan0"),
                Node.Tools.ANY,
                Node.Control.DEFAULT);

        assertThatThrownBy(() -> address(node(null, null), commands))
                .hasMessage("'tate' has no test address: give it 'address' or 'interface'");
        assertThatThrownBy(() -> address(untouched, null))
                .hasMessage("'tate' has no test address: give it 'address', since it must not be asked");
    }
}
