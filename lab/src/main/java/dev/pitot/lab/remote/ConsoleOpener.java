package dev.pitot.lab.remote;

import dev.pitot.lab.node.ConnectionSettings;

/// Makes the connections that are consoles: shells behind telnet and on serial lines. They live
/// in a package above this one.
public interface ConsoleOpener {
    /// A shell behind telnet.
    ///
    /// @param secrets reads the password when it is asked for
    /// @throws ConnectionException if the door leads nowhere that one could try
    NodeConnection telnet(ShellContext shell, ConnectionSettings.Telnet settings, SecretReader secrets)
            throws ConnectionException;

    /// A shell on a serial line.
    ///
    /// @param secrets reads the password when it is asked for
    /// @throws ConnectionException if the door leads nowhere that one could try
    NodeConnection serial(ShellContext shell, ConnectionSettings.Serial settings, SecretReader secrets)
            throws ConnectionException;
}
