package dev.pitot.lab.plan;

import java.util.List;

/// How a node can be reached, and the keys of a node that say more about it.
enum ConnectionKind {
    LOCAL(),
    SSH("host", "login", "port", "identity", "ssh_options"),
    BUILTIN_SSH("host", "login", "port", "identity", "password", "known_hosts"),
    ADB("serial_number", "adb"),
    ADB_SSH("host", "login", "port", "identity", "ssh_options", "serial_number", "adb"),
    TELNET("host", "port", "login", "password"),
    SERIAL("device", "baud", "login", "password"),
    MANUAL("port");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> keys;

    ConnectionKind(String... keys) {
        this.keys = List.of(keys);
    }

    List<String> keys() {
        return keys;
    }
}
