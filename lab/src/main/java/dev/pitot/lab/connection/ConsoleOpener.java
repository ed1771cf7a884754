package dev.pitot.lab.connection;

import dev.pitot.lab.node.Door;

/// Makes the connections that are consoles: shells behind telnet and on serial lines. They live
/// in a package above this one.
public interface ConsoleOpener {
    /// A shell behind telnet.
    ///
    /// @param secrets reads the password when it is asked for
    /// @throws ConnectionException if the door leads nowhere that one could try
    Connection telnet(NodeShell shell, Door.Telnet door, SecretReader secrets) throws ConnectionException;

    /// A shell on a serial line.
    ///
    /// @param secrets reads the password when it is asked for
    /// @throws ConnectionException if the door leads nowhere that one could try
    Connection serial(NodeShell shell, Door.Serial door, SecretReader secrets) throws ConnectionException;
}
