package dev.pitot.lab.node;

import dev.pitot.lab.os.OperatingSystem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A device that tests run on.
///
/// @param name how the plan calls it
/// @param system what it runs
/// @param connectionSettings how it is reached for control
/// @param traffic where its test traffic goes
/// @param programs what measures on it
/// @param control how the lab deals with it
public record Node(
        String name,
        OperatingSystem system,
        ConnectionSettings connectionSettings,
        Traffic traffic,
        Tools programs,
        Control control) {

    /// Whether nothing may be done on it: a person runs the server there.
    public boolean isUntouched() {
        return connectionSettings instanceof ConnectionSettings.Manual;
    }

    /// Where test traffic goes, which is often another network than control.
    ///
    /// @param address of the test interface; null to look it up by the interface
    /// @param networkInterface its name; null if the address is given
    public record Traffic(
            @Nullable String address, @Nullable String networkInterface) {}

    /// What measures on a node.
    ///
    /// @param preferred null for the first of Pitot, iperf3 and iperf that is found
    /// @param paths of programs that are not called as usual, such as `/data/local/iperf`
    /// @param environment added to that of the commands; `PATH` and `LD_LIBRARY_PATH` are put
    /// before
    ///     what is there
    public record Tools(
            @Nullable EngineKind preferred, Map<EngineKind, String> paths, Map<String, String> environment) {
        /// Whatever is found.
        public static final Tools ANY = new Tools(null, Map.of(), Map.of());

        public Tools {
            paths = Map.copyOf(paths);
            environment = Map.copyOf(environment);
        }
    }

    /// How the lab deals with a node.
    ///
    /// @param staleProcesses which processes are ended before tests
    /// @param timeouts how long the node may take
    /// @param temporaryFolder for small files, among them the lease of the node; null for the usual one of its
    ///     system. Sessions with different folders do not notice each other
    public record Control(
            StaleProcessPolicy staleProcesses,
            NodeTimeouts timeouts,
            @Nullable String temporaryFolder) {
        /// What holds where a plan says nothing.
        public static final Control DEFAULT = new Control(StaleProcessPolicy.OURS, NodeTimeouts.DEFAULT);

        /// With the usual folder.
        public Control(StaleProcessPolicy staleProcesses, NodeTimeouts timeouts) {
            this(staleProcesses, timeouts, null);
        }
    }

    /// Which processes are ended before and after tests.
    public enum StaleProcessPolicy {
        /// Those that a session has started.
        OURS,
        /// Every process that has the name of the program, as apetools did.
        ALL,
        /// None.
        NONE
    }
}
