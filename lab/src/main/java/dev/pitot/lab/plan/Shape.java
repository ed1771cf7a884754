package dev.pitot.lab.plan;

import java.util.List;

/// The tables of a plan and the keys that each may have. The JSON Schema has the same.
enum Shape {
    PLAN(
            "title",
            "nodes",
            "traffic_pc",
            "devices",
            "pairs",
            "directions",
            "tests",
            "repeat",
            "deadline",
            "retries",
            "pause",
            "parallel",
            "output",
            "hooks",
            "watches"),
    NODE(
            "system",
            "connection",
            "host",
            "login",
            "port",
            "identity",
            "ssh_options",
            "password",
            "known_hosts",
            "serial_number",
            "adb",
            "device",
            "baud",
            "address",
            "interface",
            "engine",
            "programs",
            "path",
            "library_path",
            "environment",
            "leftovers"),
    SECRET("env", "file"),
    PROGRAMS("pitot", "iperf3", "iperf2"),
    PAIR("node", "peer"),
    TEST("name", "options", "iperf2", "directions", "nodes", "sweep", "engine", "thresholds"),
    THRESHOLDS("bitrate", "loss", "jitter", "retransmits"),
    OUTPUT("folder", "style", "prefix"),
    HOOKS("session_start", "before_test", "after_test", "session_end"),
    HOOK("command", "node", "http", "method", "headers", "body", "pause", "ping", "patience"),
    PING("node", "target", "threshold", "patience"),
    WATCH("watch", "node", "interval", "arguments"),
    IPERF2(Iperf2Words.names().toArray(String[]::new));

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> keys;

    Shape(String... keys) {
        this.keys = List.of(keys);
    }

    List<String> keys() {
        return keys;
    }
}
