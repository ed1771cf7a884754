package dev.pitot.lab.node;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a node is reached for control. Secrets are not part of it: only where they are.
public sealed interface ConnectionSettings {
    /// A process of this machine.
    record Local() implements ConnectionSettings {}

    /// The user's own `ssh`, with its configuration, agent and jump hosts.
    ///
    /// @param host as `ssh` takes it
    /// @param login null for what the configuration says
    /// @param port 0 for what the configuration says
    /// @param identity a private key's file; null for what the configuration says
    /// @param options more `-o` options, such as `ConnectTimeout=3`
    record Ssh(
            String host,
            @Nullable String login,
            int port,
            @Nullable Path identity,
            List<String> options) implements ConnectionSettings {
        public Ssh {
            options = List.copyOf(options);
        }
    }

    /// The built-in ssh client, for machines without one and for passwords.
    ///
    /// @param port 1..65535, usually 22
    /// @param identity a private key's file; null for the password or the usual files
    /// @param password where it is; null for none
    /// @param knownHosts the file of known keys of hosts; a host that is not in it is refused
    record MinaSsh(
            String host,
            String login,
            int port,
            @Nullable Path identity,
            @Nullable Secret password,
            Path knownHosts) implements ConnectionSettings {}

    /// A device of `adb` on this machine.
    ///
    /// @param serialNumber `adb -s`; null if there is only one
    /// @param program how `adb` is called
    record Adb(@Nullable String serialNumber, String program) implements ConnectionSettings {}

    /// A device of `adb` on a machine that is reached by ssh.
    record AdbOverSsh(ConnectionSettings machine, Adb adb) implements ConnectionSettings {}

    /// A shell behind telnet.
    ///
    /// @param port 1..65535, usually 23
    /// @param login null if it asks for none
    record Telnet(
            String host,
            int port,
            @Nullable String login,
            @Nullable Secret password) implements ConnectionSettings {}

    /// A shell on a serial line.
    ///
    /// @param device such as `/dev/ttyUSB0`
    /// @param baud usually 115200
    record Serial(
            String device,
            int baud,
            @Nullable String login,
            @Nullable Secret password) implements ConnectionSettings {}

    /// A device that must not be touched: a person runs the server on it.
    ///
    /// @param port where it listens, 1..65535; 0 for the usual one of the client's program
    record Manual(int port) implements ConnectionSettings {}
}
