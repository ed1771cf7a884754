package dev.pitot.lab.plan;

import dev.pitot.lab.plan.KeyType.Anything;
import dev.pitot.lab.plan.KeyType.DurationType;
import dev.pitot.lab.plan.KeyType.Either;
import dev.pitot.lab.plan.KeyType.Keys;
import dev.pitot.lab.plan.KeyType.Named;
import dev.pitot.lab.plan.KeyType.One;
import dev.pitot.lab.plan.KeyType.Several;
import dev.pitot.lab.plan.KeyType.Two;
import dev.pitot.lab.plan.KeyType.Whole;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The tables of a plan with their keys. The reader checks by them; the JSON Schema and the tables
/// of docs/lab-plan.md are written from them.
enum PlanKeys {
    SECRET(
            "where a secret is; it is never written in a plan",
            key(
                    "env",
                    new One("text", "^[A-Za-z_][A-Za-z0-9_]*$", "the name of a variable, and not the password"),
                    "a variable of the environment"),
            key("file", KeyType.FILE, "a file whose first line it is")),
    PROGRAMS(
            "programs that are not called as usual",
            key("pitot", KeyType.TEXT, "`pitot`", "path of Pitot"),
            key("iperf3", KeyType.TEXT, "`iperf3`", "path of iperf3"),
            key("iperf2", KeyType.TEXT, "`iperf`", "path of iperf 2")),
    TIMEOUTS(
            "how long a node may take; each is more than 0",
            key("login", KeyType.LENGTH, "30 s", "from a connection's start until the node runs a first command"),
            key("command", KeyType.LENGTH, "30 s", "for a short command, its login included"),
            key("ready", KeyType.LENGTH, "30 s", "for a server until it listens, its login included"),
            key("report", KeyType.LENGTH, "10 s", "for the last lines of a program that has ended, without a new byte"),
            key("fetch", KeyType.LENGTH, "60 s", "for output that is transferred afterwards, without a new byte"),
            key("end", KeyType.LENGTH, "2 s", "between asking a program to end and killing it")),
    LEASE(
            "what happens while another session uses a node",
            key("wait", new DurationType(true), "0 s", "how long to wait for the other session to end")),
    NODE(
            "a device",
            needed("connection", KeyType.CONNECTION, "how the node is reached for control; see below"),
            key("system", KeyType.SYSTEM, "`android` for adb, else `linux`", "what it runs"),
            key("host", KeyType.WORD, "of ssh, builtin-ssh, adb-ssh, telnet"),
            key("login", KeyType.WORD, "of ssh, builtin-ssh, adb-ssh, telnet, serial"),
            key("port", KeyType.PORT, "of ssh, builtin-ssh, adb-ssh (22), telnet (23); of the server of a manual node"),
            key("identity", KeyType.FILE, "a file with a private key"),
            key("ssh_options", KeyType.VALUES, "more `-o` options of ssh, such as `ConnectTimeout=3`"),
            key("password", new Keys(SECRET), "`{env: NAME}` or `{file: PATH}`"),
            key("known_hosts", KeyType.FILE, "`~/.ssh/known_hosts`", "a file with the keys of hosts"),
            key("serial_number", KeyType.TEXT, "of `adb -s`"),
            key("adb", KeyType.TEXT, "adb", "how adb is called"),
            key("device", KeyType.WORD, "a serial line, such as `/dev/ttyUSB0`"),
            key("baud", new Whole(1, 4_000_000), "115200", "of a serial line"),
            key(
                    "address",
                    KeyType.WORD,
                    "IPv4 or IPv6 address, no name: where test traffic goes, which is often"
                            + " another network than control"),
            key(
                    "interface",
                    KeyType.WORD,
                    "its address is looked up. A node that takes part in tests needs one of"
                            + " the two; `manual` and `ios` need `address`"),
            key("engine", KeyType.ENGINE, "the first found", "what measures on it"),
            key("programs", new Keys(PROGRAMS), "as usual", "paths of programs: `{iperf2: /data/local/tmp/iperf}`"),
            key("path", KeyType.VALUES, "folders that are searched before what is in `PATH`"),
            key("library_path", KeyType.VALUES, "folders that are searched before `LD_LIBRARY_PATH`"),
            key("environment", KeyType.MAP, "variables for commands"),
            key(
                    "leftovers",
                    KeyType.LEFTOVERS,
                    "ours",
                    "processes that are ended before and after tests:"
                            + " what a session started, everything of the program's name, nothing"),
            key(
                    "temporary_folder",
                    new One("text", "^(/|[A-Za-z]:)\\S*$", "an absolute path on the node, such as /tmp"),
                    "`/tmp`; Android: `/data/local/tmp`",
                    "where the lab keeps small files on the node, such as its lease; an absolute path"),
            key("timeouts", new Keys(TIMEOUTS), "the plan's", "[how long this node may take](#timeouts)")),
    PAIR("two nodes", needed("node", KeyType.NODE, "the device under test"), needed("peer", KeyType.NODE, "the other")),
    IPERF2(
            "options that only iperf 2 knows",
            key("compatibility", KeyType.YES, "for older versions of it"),
            key("daemon", KeyType.YES, "a detached server"),
            key("fileinput", new One("text", "^\\S+$", "a word without spaces"), "a file on the node to send"),
            key("format", new One("letter", "^[bkmgBKMG]$", "one of b, k, m, g, K, M and G"), "unit of what it prints"),
            key("print_mss", KeyType.YES, "the segment size is printed"),
            key(
                    "reportexclude",
                    new One(
                            "letters",
                            "^(?!.*(.).*\\1)[CDMSV]{1,5}$",
                            "some of the letters C, D, M, S and V, each once"),
                    "what is not printed"),
            key("reportstyle", new One("letter", "^[cC]$", "C"), "`C` for CSV"),
            key("single_udp", KeyType.YES, "a server with one thread for UDP"),
            key("ttl", new Whole(1, 255), "of multicast")),
    THRESHOLDS(
            "what results must keep: `>=` or `<=`, a number and its unit; a lower and an upper limit in a list",
            key(
                    "bitrate",
                    KeyType.LIMITS,
                    "such as `\">= 90M\"`: `K`, `M`, `G`, `T`, or `bit/s` with or without these (decimal)"),
            key("loss", KeyType.LIMITS, "such as `\"<= 1%\"`; with `udp` only"),
            key("jitter", KeyType.LIMITS, "such as `\"<= 5 ms\"`: `us`, `ms`, `s`; with `udp` only"),
            key(
                    "retransmits",
                    KeyType.LIMITS,
                    "such as `\"<= 10\"`; for TCP only, and not with `iperf2`, which does not print them"),
            key(
                    "loaded_rtt_p95",
                    KeyType.LIMITS,
                    "such as `\"<= 30 ms\"`: `us`, `ms`, `s`; with the engine `pitot` only, and `time` from 8 on")),
    TEST(
            "what is measured",
            needed("name", KeyType.NAME, "different for each test"),
            key(
                    "options",
                    new Either("table, list or line", List.of(KeyType.TEXT, new Several(KeyType.TEXT), KeyType.SWEEP)),
                    "none",
                    "options of `pitot -c` and `iperf3 -c`"),
            key("iperf2", new Keys(IPERF2), "none", "options that only iperf 2 knows"),
            key("directions", KeyType.DIRECTIONS, "the plan's", "which way data flows"),
            key("nodes", KeyType.NODES, "all devices", "which devices the test is for"),
            key(
                    "sweep",
                    KeyType.SWEEP,
                    "none",
                    "options that take several values: every value with every other, the"
                            + " first outermost; a list or a range such as `1..8 step 1`"),
            key(
                    "engine",
                    new Several(KeyType.ENGINE),
                    "what both nodes have",
                    "a list is a sweep, outermost; `engine` may also stand in `sweep`"),
            key("thresholds", new Keys(THRESHOLDS), "none", "what the result must keep")),
    OUTPUT(
            "where results go, and how they are written",
            key(
                    "folder",
                    new One("text", "^(?=.*\\S)[^\\x00-\\x1f\\\\:*?\"<>|]*$", "the name of a folder"),
                    "title and date",
                    "of the results; `{t}` is the date"),
            key(
                    "style",
                    KeyType.STYLE,
                    "exact",
                    "how the programs print: `exact` is JSON where a program can, `text` is as people read it"),
            key("prefix", KeyType.NAME, "begins the names of files"),
            key(
                    "series",
                    KeyType.SERIES,
                    "detailed",
                    "how `parsed/` is written: every column of every"
                            + " interval, or time and Mbit/s as apetools did"),
            key(
                    "maximum",
                    new One("bitrate", "^[0-9]", ""),
                    "1000T",
                    "the largest bitrate that is believed, such as `10G`: an"
                            + " interval above it is an error of the program")),
    PING(
            "waits until a target answers",
            key("node", KeyType.NODE, "the test's", "which pings"),
            key("target", KeyType.TEXT, "the other end", "an address, or a node's name"),
            key("threshold", new Whole(1, 10_000), "5", "answers in a row"),
            key("timeout", KeyType.LENGTH, "300 s", "after which the hook has failed")),
    HOOK(
            "one of command, http, pause, ping",
            key("command", KeyType.WORDS, "a program and its arguments"),
            key("node", KeyType.NODE, "this machine", "where a command runs"),
            key("http", KeyType.TEXT, "an address to call"),
            key(
                    "method",
                    new One("text", "^[A-Za-z]{1,20}$", "a method of HTTP, such as GET or POST"),
                    "POST",
                    "of the call"),
            key("headers", KeyType.MAP, "none", "of the call"),
            key("body", KeyType.TEXT, "none", "of the call"),
            key("pause", new DurationType(true), "nothing, for so long"),
            key(
                    "ping",
                    new Either("`true`, target or table", List.of(KeyType.YES, KeyType.TEXT, new Keys(PING))),
                    "waits until the node reaches the other end of the test, or a target"),
            key("timeout", KeyType.LENGTH, "60 s", "of a command or call, after which it is ended and has failed")),
    HOOKS("what is done around tests", momentKeys()),
    VARIABLE(
            "a variable with hooks that set it",
            needed("values", KeyType.VALUES, "a list of words or numbers, or a range such as `0..60 step 10`"),
            key(
                    "set",
                    new Several(new Keys(HOOK)),
                    "none",
                    "hooks that are done when the value differs from the one that was set last")),
    WATCH(
            "what is watched beside tests",
            needed("watch", KeyType.WATCH, "see below"),
            needed("node", KeyType.NODES, "where"),
            key("interval", KeyType.LENGTH, "1 s", "between two readings; 0.1 s at least"),
            key("arguments", KeyType.WORDS, "none", "by kind")),
    PLAN(
            "A session of tests over many devices; docs/lab-plan.md explains every key",
            key(
                    "title",
                    new One("text", "^(?=.*\\S)[^\\x00-\\x1f]*$", "one line of text"),
                    "pitot lab",
                    "for people and folders"),
            needed("nodes", new Named(new Keys(NODE), "^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$"), "[devices](#nodes)"),
            key("traffic_pc", KeyType.NODE, "every other node is tested with this one"),
            key("devices", KeyType.NODES, "all others", "which are tested with `traffic_pc`"),
            key(
                    "pairs",
                    new Several(new Either("pairs", List.of(new Two(KeyType.NODE), new Keys(PAIR)))),
                    "instead of `traffic_pc`: `[node, peer]` or `{node: a, peer: b}`, any two nodes"),
            key("directions", KeyType.DIRECTIONS, "`[to, from]`", "for tests that give none; see [tests](#tests)"),
            needed("tests", new Several(new Keys(TEST)), "[what is measured](#tests)"),
            key(
                    "variables",
                    new Named(
                            new Either("values", List.of(KeyType.VALUES, new Keys(VARIABLE))),
                            "^[a-z][a-z0-9_]{0,30}$"),
                    "none",
                    "[what is varied besides options](#variables)"),
            key(
                    "order",
                    KeyType.VALUES,
                    "see [variables](#variables)",
                    "of `repetition`, `node`, `direction`, `test` and the variables, the outermost first"),
            key("repeat", new Whole(1, TestMatrix.MAX_TESTS), "1", "how often all tests are done"),
            key("deadline", KeyType.LENGTH, "the larger of 120 s and 1.5 × the test", "after which a client is ended"),
            key("timeouts", new Keys(TIMEOUTS), "[how long nodes may take](#timeouts)"),
            key("lease", new Keys(LEASE), "`wait` (0 s): how long to wait while another session uses a node"),
            key("retries", new Whole(0, 100), "1", "how often a failed test is done again, after all others"),
            key("pause", new DurationType(true), "0 s", "between two tests"),
            key(
                    "parallel",
                    new Whole(1, 1000),
                    "1",
                    "tests at once, if they share no node and have the same variables"),
            key("output", new Keys(OUTPUT), "[where results go](#output)"),
            key("hooks", new Keys(HOOKS), "none", "[what is done around tests](#hooks)"),
            key("watches", new Several(new Keys(WATCH)), "none", "[what is watched beside tests](#watches)"),
            key("definitions", new Anything(), "a place for YAML anchors; it is not read otherwise"));

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, of records
    private final List<Key> keys;

    PlanKeys(String text, Key... keys) {
        this.text = text;
        this.keys = List.of(keys);
    }

    /// A key.
    ///
    /// @param usual its default: a value as it is written, or text for people; empty for none
    /// @param isNeeded whether a table must have it
    /// @param text what it is for, in one line
    record Key(String name, KeyType type, String usual, boolean isNeeded, String text) {}

    private static Key key(String name, KeyType type, String usual, String text) {
        return new Key(name, type, usual, false, text);
    }

    private static Key key(String name, KeyType type, String text) {
        return key(name, type, "", text);
    }

    private static Key needed(String name, KeyType type, String text) {
        return new Key(name, type, "", true, text);
    }

    private static Key[] momentKeys() {
        KeyType hooks = new Several(new Keys(HOOK));
        return new Key[] {
            key("session_start", hooks, "none", "once, before the first test"),
            key("before_test", hooks, "none", "before every test"),
            key("before_client", hooks, "none", "when the server listens, before the client starts"),
            key("after_test", hooks, "none", "after every test, however it ended"),
            key("session_end", hooks, "none", "once, after the last test, however the session ended")
        };
    }

    /// What the table is for.
    String text() {
        return text;
    }

    /// What the schema and the documentation call it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Key> keys() {
        return keys;
    }

    List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    /// A key by its name; null if there is none.
    @Nullable Key named(String name) {
        for (Key key : keys) {
            if (key.name().equals(name)) {
                return key;
            }
        }
        return null;
    }

    /// The type of a key; null if there is none.
    @Nullable KeyType type(String name) {
        Key key = named(name);
        return key == null ? null : key.type();
    }
}
