package dev.pitot.lab.process;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.system.SystemRules;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The address that a node's test traffic goes to, which is often another than that of control:
/// given, or looked up by the interface through the node's connection.
public final class TestAddress {
    private TestAddress() {}

    /// Finds it.
    ///
    /// @param commands of the node; null for one that must not be touched
    /// @return a literal address
    /// @throws ConnectionException if there is none, with what to do
    public static String of(Node node, @Nullable NodeCommands commands)
            throws ConnectionException, InterruptedException {
        String given = node.traffic().address();
        if (given != null) {
            return literal(node, given);
        }
        String networkInterface = node.traffic().networkInterface();
        if (networkInterface == null || commands == null) {
            throw new ConnectionException("'" + node.name() + "' has no test address: give it 'address'"
                    + (commands == null ? ", since it must not be asked" : " or 'interface'"));
        }
        List<InetAddress> found = asked(node, networkInterface, commands);
        if (found == null || found.isEmpty()) {
            throw new ConnectionException("'" + node.name() + "' tells no address of its interface '" + networkInterface
                    + "': check the interface's name, that it is up, or give 'address'");
        }
        return found.getFirst().getHostAddress();
    }

    private static @Nullable List<InetAddress> asked(Node node, String networkInterface, NodeCommands commands)
            throws ConnectionException, InterruptedException {
        try {
            return commands.ask(SystemRules.of(commands.system()).addresses(networkInterface));
        } catch (IllegalArgumentException e) { // no name of an interface
            throw new ConnectionException("'" + node.name() + "': " + e.getMessage(), e);
        }
    }

    private static String literal(Node node, String given) throws ConnectionException {
        try {
            InetAddress address = InetAddress.ofLiteral(given);
            if (!address.isAnyLocalAddress() && !address.isMulticastAddress()) {
                return given;
            }
        } catch (IllegalArgumentException _) { // told below
        }
        throw new ConnectionException("address '" + given + "' of '" + node.name()
                + "' is no address of a machine: write one such as 192.168.1.20 or fd00::20");
    }
}
