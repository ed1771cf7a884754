package dev.pitot.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Tools that tests may need, see [Needs].
public enum Tool {
    /// Debian's `dpkg`, its checker of packages and systemd's checker of units.
    DEBIAN("dpkg", "dpkg-deb", "lintian", "systemd-analyze"),
    /// Formatter of manual pages: GNU's, which most Linux systems have.
    GROFF("groff"),
    /// The real GnuPG.
    GPG("gpg", "gpgconf"),
    /// The real iperf 2.
    IPERF2("iperf"),
    /// The real iperf3.
    IPERF3("iperf3"),
    /// Formatter and checker of manual pages: that of the BSDs.
    MANDOC("mandoc"),
    /// Requirements of [NamespacePair]: Linux, permission to create network namespaces, `ip` and
    /// `nft`. If the system does not permit namespaces, tests are skipped even with `CI=true`.
    NAMESPACES("ip", "nft") {
        @Override
        ToolPresence presence() {
            return NamespaceCheck.ofThisMachine().presence(super.presence());
        }
    },
    /// The real nginx, with HTTP/2: [NginxProcess]. Its folder is often not on the PATH of an ordinary user.
    NGINX {
        @Override
        List<String> missing() {
            return NginxProcess.program() == null ? List.of("nginx") : List.of();
        }
    },
    /// Root directory of the test's own over that of the machine, for which it must be root: mount,
    /// network and process-id namespaces, and overlayfs. If the system does not permit them, tests
    /// are skipped even with `CI=true`.
    OVERLAY_ROOT("unshare", "nsenter", "ip") {
        @Override
        ToolPresence presence() {
            String mounts = "mount -t tmpfs tmpfs /tmp && mkdir /tmp/upper /tmp/work /tmp/root"
                    + " && mount -t overlay overlay -o lowerdir=/,upperdir=/tmp/upper,workdir=/tmp/work /tmp/root"
                    + " && mknod /tmp/null c 1 3 && chroot /tmp/root true";
            return succeeds("unshare", "--mount", "--net", "--pid", "--fork", "sh", "-c", mounts)
                    ? super.presence()
                    : new ToolPresence.Impossible("a root over that of the machine is not permitted here (overlayfs)");
        }
    },
    /// What `./package` calls: a C compiler, the C library to link with, and Debian's maker of packages.
    PACKAGE("cc", "gencat", "dpkg-deb"),
    /// Separate process-id namespace (`unshare --pid --fork --mount-proc`), in which a test can
    /// kill processes by name without affecting others on the machine.
    PID_NAMESPACE {
        @Override
        ToolPresence presence() {
            return succeeds("unshare", "--pid", "--fork", "--mount-proc", "true")
                    ? super.presence()
                    : new ToolPresence.Missing("process namespaces are not permitted here (unshare --pid)");
        }
    },
    /// The system's `ping`.
    PING("ping"),
    /// The real Prometheus and its `promtool`.
    PROMETHEUS("prometheus", "promtool"),
    /// The real Pushgateway.
    PUSHGATEWAY("prometheus-pushgateway"),
    /// Scapy, Debian's: the formats of packets as others implemented them.
    SCAPY("scapy"),
    /// The shells that complete command lines, and bash's library for that (`bash-completion`).
    SHELLS("bash", "zsh", "fish", "dh_bash-completion"),
    /// The system's reader of the kernel's sockets.
    SOCKET_STATISTICS("ss"),
    /// Serial line of socat.
    SOCAT("socat", "stty"),
    /// The real OpenSSH: [SshdProcess] and the clients.
    SSHD("ssh", "ssh-keygen") {
        @Override
        List<String> missing() {
            List<String> missing = new ArrayList<>(super.missing());
            if (SshdProcess.program() == null) { // often not on the PATH of an ordinary user
                missing.add("sshd");
            }
            return missing;
        }
    },
    /// The real telnetd, behind socat.
    TELNETD("telnetd", "socat");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> programs;

    Tool(String... programs) {
        this.programs = List.of(programs);
    }

    /// Looks up the tool, which may take a second.
    ToolPresence presence() {
        return ToolPresence.without(missing());
    }

    /// Returns the missing programs.
    List<String> missing() {
        SearchPath path = SearchPath.ofThisProcess();
        return programs.stream().filter(program -> !path.has(program)).toList();
    }

    /// True if a command exits with 0; false if its program is missing.
    static boolean succeeds(String... command) {
        try {
            return CommandRun.of(List.of(command), TIMEOUT).succeeded();
        } catch (IOException _) { // no unshare: not Linux
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
