package dev.pitot.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a test may need of the machine, see [Needs].
public enum Tool {
    /// A real iperf 2.
    IPERF2("iperf"),
    /// A real iperf3.
    IPERF3("iperf3"),
    /// A [NamespacePair]: Linux, the right to make network namespaces, `ip` and `nft`. Where the
    /// system does not permit namespaces tests are skipped even with `CI=true`.
    NAMESPACES("ip", "nft") {
        @Override
        ToolPresence presence() {
            return NamespaceCheck.ofThisMachine().presence(super.presence());
        }
    },
    /// A space of process numbers of a test's own (`unshare --pid --fork --mount-proc`), so that
    /// it can end processes by name without touching others of the machine.
    PID_NAMESPACE {
        @Override
        ToolPresence presence() {
            return succeeds("unshare", "--pid", "--fork", "--mount-proc", "true")
                    ? super.presence()
                    : new ToolPresence.Missing("process namespaces are not permitted here (unshare --pid)");
        }
    },
    /// A real Prometheus and its `promtool`.
    PROMETHEUS("prometheus", "promtool"),
    /// A real Pushgateway.
    PUSHGATEWAY("prometheus-pushgateway"),
    /// A serial line of socat's.
    SOCAT("socat", "stty"),
    /// A real OpenSSH: a [RealSshd] and the clients.
    SSHD("ssh", "ssh-keygen") {
        @Override
        List<String> missing() {
            List<String> missing = new ArrayList<>(super.missing());
            if (RealSshd.program() == null) { // often not on the PATH of an ordinary user
                missing.add("sshd");
            }
            return missing;
        }
    },
    /// A real telnetd, behind socat.
    TELNETD("telnetd", "socat");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> programs;

    Tool(String... programs) {
        this.programs = List.of(programs);
    }

    /// Looks for it, which may take a second.
    ToolPresence presence() {
        return ToolPresence.without(missing());
    }

    /// The programs that are not there.
    List<String> missing() {
        SearchPath path = SearchPath.ofThisProcess();
        return programs.stream().filter(program -> !path.has(program)).toList();
    }

    /// Whether a command ends with 0; not where its program is missing.
    static boolean succeeds(String... command) {
        try {
            return CommandRun.of(List.of(command), TIMEOUT).succeeded();
        } catch (IOException _) { // no unshare: no Linux
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
