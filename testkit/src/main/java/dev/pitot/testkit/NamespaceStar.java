package dev.pitot.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/// Several network namespaces, each with a cable (veth, MTU 1500) to one switch: a lab of the
/// test's own. Host `n`, counted from 1, has the interface [#INTERFACE] with the address
/// 192.0.2.n (RFC 5737). Linux only, and root. Tests that use it carry [Needs]. Any
/// thread may use it; closing removes all of it, but not the programs in it.
public final class NamespaceStar implements AutoCloseable {
    /// What each host's end of its cable is called.
    public static final String INTERFACE = "lab0";

    private static final String NETWORK = "192.0.2."; // RFC 5737: for documentation, so nobody's own

    private final String name;
    private final int hosts;

    private NamespaceStar(String name, int hosts) {
        this.name = name;
        this.hosts = hosts;
    }

    /// Makes the namespaces, the cables and the switch.
    ///
    /// @param hosts how many, 1..250
    /// @throws IOException with the system's words, if it may not or cannot
    public static NamespaceStar create(int hosts) throws IOException, InterruptedException {
        var star = new NamespaceStar(OwnNamespaces.newName(), hosts);
        try {
            star.setUp();
        } catch (IOException | InterruptedException e) {
            star.close();
            throw e;
        }
        return star;
    }

    /// The address of a host's cable.
    ///
    /// @param host from 1
    public String address(int host) {
        return NETWORK + host;
    }

    /// A command that does the same in a host's namespace.
    ///
    /// @param host from 1
    public List<String> in(int host, List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace(host)));
        inside.addAll(command);
        return inside;
    }

    /// What runs in a host's namespace now.
    ///
    /// @param host from 1
    public List<ProcessHandle> processes(int host) throws IOException, InterruptedException {
        String pids = OwnNamespaces.run(List.of("ip", "netns", "pids", namespace(host)));
        return pids.lines()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())).stream())
                .toList();
    }

    /// Pulls a host's cable out.
    ///
    /// @param host from 1
    public void unplug(int host) throws IOException, InterruptedException {
        OwnNamespaces.run(List.of("ip", "-n", namespace(host), "link", "set", INTERFACE, "down"));
    }

    /// Removes the namespaces, and with them the cables and the switch.
    @Override
    public void close() throws IOException {
        try {
            for (int host = 1; host <= hosts; host++) {
                OwnNamespaces.remove(namespace(host));
            }
            OwnNamespaces.remove(name + "-switch");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("a namespace is left, for the next one to remove: " + name);
        }
    }

    private void setUp() throws IOException, InterruptedException {
        String middle = name + "-switch";
        OwnNamespaces.run(List.of("ip", "netns", "add", middle));
        OwnNamespaces.run(List.of("ip", "-n", middle, "link", "add", "switch", "type", "bridge"));
        OwnNamespaces.run(List.of("ip", "-n", middle, "link", "set", "switch", "up"));
        for (int host = 1; host <= hosts; host++) {
            plugIn(host, middle);
        }
    }

    private void plugIn(int host, String middle) throws IOException, InterruptedException {
        String own = namespace(host);
        String port = "port" + host;
        OwnNamespaces.run(List.of("ip", "netns", "add", own));
        OwnNamespaces.run(
                List.of("ip", "-n", own, "link", "add", INTERFACE, "type", "veth", "peer", port, "netns", middle));
        OwnNamespaces.run(List.of("ip", "-n", middle, "link", "set", port, "master", "switch", "up"));
        OwnNamespaces.run(List.of("ip", "-n", own, "address", "add", address(host) + "/24", "dev", INTERFACE));
        OwnNamespaces.run(List.of("ip", "-n", own, "link", "set", INTERFACE, "mtu", "1500", "up"));
        OwnNamespaces.run(List.of("ip", "-n", own, "link", "set", "lo", "up"));
    }

    private String namespace(int host) {
        return name + "-host" + host;
    }
}
