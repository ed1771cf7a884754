package dev.pitot.testkit;

import java.io.IOException;
import java.util.Optional;

/// Checks whether network namespaces can be used.
///
/// @param machine machine to check
record NamespaceCheck(Machine machine) {
    static NamespaceCheck ofThisMachine() {
        return new NamespaceCheck(new ThisMachine());
    }

    /// @param programs presence of the programs that create them
    ToolPresence presence(ToolPresence programs) {
        if (!machine.permits()) {
            return new ToolPresence.Impossible("network namespaces are not permitted here (unshare --net)");
        }
        if (!(programs instanceof ToolPresence.Found)) {
            return programs;
        }
        return machine.unavailableReason()
                .<ToolPresence>map(reason -> new ToolPresence.Impossible("this machine cannot: " + reason))
                .orElse(programs);
    }

    /// Capabilities of the machine.
    interface Machine {
        /// True if this process may create a network namespace.
        boolean permits();

        /// Reason why a pair of namespaces with a packet filter cannot be created; empty if it can.
        Optional<String> unavailableReason();
    }

    private static final class ThisMachine implements Machine {
        @Override
        public boolean permits() {
            return Tool.succeeds("unshare", "--net", "true");
        }

        @Override
        public Optional<String> unavailableReason() {
            try (var pair = NamespacePair.create()) {
                pair.dropEveryNthDatagram(NamespaceSide.SERVER, 2);
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
