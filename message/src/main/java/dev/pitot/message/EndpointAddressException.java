package dev.pitot.message;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// An address that nothing can be sent to. The message says what to do instead.
public final class EndpointAddressException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private static final int MAX_PORT = 65_535;

    private EndpointAddressException(String sentence) {
        super(sentence);
    }

    /// Returns the address of a server, which may take as long as the system's resolver does.
    static InetSocketAddress resolve(String host, int port) {
        checkPort(port);
        if (host.isBlank()) { // the resolver would take it for this machine
            throw new EndpointAddressException("The host is empty: give a name or an address.");
        }
        try {
            return checked(new InetSocketAddress(InetAddress.getAllByName(host)[0], port));
        } catch (UnknownHostException _) { // says nothing that the sentence does not
            throw new EndpointAddressException(
                    "The host '" + host + "' is not known: check its spelling, or give its address.");
        }
    }

    /// Returns the same address, if it can be a server's.
    static InetSocketAddress checked(InetSocketAddress server) {
        checkPort(server.getPort());
        if (server.isUnresolved()) {
            return resolve(server.getHostString(), server.getPort());
        }
        if (server.getAddress().isMulticastAddress()) {
            throw new EndpointAddressException(
                    "The address " + server.getAddress().getHostAddress()
                            + " is a group of hosts (multicast): give the address of one.");
        }
        return server;
    }

    /// Returns all addresses of this machine with a port to listen on.
    static InetSocketAddress local(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new EndpointAddressException(
                    "A port to listen on is 1 to " + MAX_PORT + ", or 0 for any, not " + port + ".");
        }
        return new InetSocketAddress(port);
    }

    private static void checkPort(int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new EndpointAddressException("A server's port is 1 to " + MAX_PORT + ", not " + port + ".");
        }
    }
}
