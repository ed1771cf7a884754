package dev.pitot.lab.os;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// What a session has to know of a node's operating system: text in, values out. Nothing is run
/// here. Commands are programs with their arguments, unquoted; a connection quotes them. Any
/// thread may use it.
///
/// A name that would read as an option (`-f`), or holds what no name holds, is refused with an
/// [IllegalArgumentException] whose message is one sentence.
public sealed interface OsAdapter permits LinuxAdapter, AndroidAdapter, MacAdapter, WindowsAdapter, IosAdapter {
    /// The rules of a system.
    static OsAdapter of(OperatingSystem system) {
        return switch (system) {
            case LINUX -> new LinuxAdapter();
            case ANDROID -> new AndroidAdapter();
            case MACOS -> new MacAdapter();
            case WINDOWS -> new WindowsAdapter();
            case IOS -> new IosAdapter();
        };
    }

    /// Whether commands can be run on such a node at all. If not, every question is without an
    /// answer, nothing can be ended, and the address of its test interface must be told.
    boolean runsCommands();

    /// A command as one line for the node's shell, every word quoted where it has to be: a POSIX
    /// shell, on Windows `cmd`.
    ///
    /// @throws IllegalArgumentException if a word cannot be written in such a line
    String commandLine(List<String> command);

    /// Which processes there are. Those that have ended and only wait to be noticed are left
    /// out.
    Query<List<ListedProcess>> processes();

    /// The command that ends processes.
    ///
    /// @param pids one and more, each 2 and up
    /// @throws IllegalArgumentException if a number is not that of a process one may end
    /// @throws UnsupportedOperationException if no command can be run
    List<String> end(KillMode how, List<Long> pids);

    /// Which addresses a network interface has that another machine can reach: IPv4 first,
    /// without those of a link only (IPv6 `fe80::`), which mean nothing elsewhere.
    ///
    /// @param networkInterface its name; on Windows that of the adapter
    Query<List<InetAddress>> addresses(String networkInterface);

    /// Whether something waits at a port, at any address of the node.
    ///
    /// @param port 1..65535
    Query<Boolean> listens(Protocol protocol, int port);

    /// Pings and tells the mean round trip in milliseconds; no answer at all if none came back.
    ///
    /// @param host a name or an address
    /// @param count 1 and up
    /// @param timeout how long to wait for each, rounded up to seconds where `ping` wants that
    Query<Double> ping(String host, int count, Duration timeout);

    /// What is known of a wifi interface's link.
    Query<WifiInfo> wifi(String networkInterface);

    /// The state of the battery.
    Query<Battery> battery();

    /// A folder for files that are not to stay.
    String temporaryFolder();
}
