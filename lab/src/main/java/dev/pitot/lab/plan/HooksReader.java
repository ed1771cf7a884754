package dev.pitot.lab.plan;

import dev.pitot.lab.node.Door;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.plan.Item.Text;
import dev.pitot.lab.watch.Hook;
import dev.pitot.lab.watch.Hook.Moment;
import dev.pitot.lab.watch.Watch;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what is done around tests and watched beside them. One thread.
final class HooksReader {
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);
    /// apetools, timetorecovery: timeout and threshold.
    private static final Duration PING_PATIENCE = Duration.ofSeconds(300);

    private static final int PING_THRESHOLD = 5;
    private static final int MOST_ANSWERS = 10_000;
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(1);
    private static final List<String> KINDS = List.of("command", "http", "pause", "ping");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    /// Headers that carry secrets.
    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token");

    private final Problems problems;
    private final Map<String, Node> nodes;
    private final Set<String> names;

    /// @param nodes those that could be read
    /// @param names of all
    HooksReader(Problems problems, Map<String, Node> nodes, Set<String> names) {
        this.problems = problems;
        this.nodes = nodes;
        this.names = names;
    }

    List<Hook> hooks(TableReader plan) {
        List<Hook> hooks = new ArrayList<>();
        Item item = plan.item("hooks");
        TableReader moments = item == null ? null : TableReader.of(item, Shape.HOOKS, problems);
        if (moments == null) {
            return hooks;
        }
        for (Entry entry : moments.entries()) {
            Moment moment = Words.MOMENTS.meaning(entry.key());
            if (moment == null) {
                continue; // an unknown key is told already
            }
            for (Item each : moments.items(entry.key())) {
                TableReader table = TableReader.of(each, Shape.HOOK, problems);
                Hook hook = table == null ? null : hook(moment, table);
                if (hook != null) {
                    hooks.add(hook);
                }
            }
        }
        return hooks;
    }

    private @Nullable Hook hook(Moment moment, TableReader table) {
        List<String> kinds = KINDS.stream().filter(table::has).toList();
        if (kinds.size() != 1) {
            problems.add(table.place(), "a hook has exactly one of " + String.join(", ", KINDS));
            return null;
        }
        String kind = kinds.getFirst();
        refuseOthers(table, kind);
        return switch (kind) {
            case "command" -> command(moment, table);
            case "http" -> http(moment, table);
            case "pause" -> new Hook.Pause(moment, table.positive("pause", USUAL_INTERVAL));
            case "ping" -> ping(moment, table);
            default -> throw new IllegalStateException(kind);
        };
    }

    private void refuseOthers(TableReader table, String kind) {
        List<String> allowed = switch (kind) {
            case "command" -> List.of(kind, "node", "patience");
            case "http" -> List.of(kind, "method", "headers", "body", "patience");
            default -> List.of(kind);
        };
        for (Entry entry : table.entries()) {
            if (Shape.HOOK.keys().contains(entry.key()) && !allowed.contains(entry.key())) {
                problems.add(entry.place(), "a hook with '" + kind + "' takes no '" + entry.key() + "' here");
            }
        }
    }

    private @Nullable Hook command(Moment moment, TableReader table) {
        List<String> words = table.words("command");
        String node = node(table);
        if (words.isEmpty() || words.getFirst().isBlank()) {
            problems.add(table.place("command"), "'command' needs a program");
            return null;
        }
        return new Hook.Command(moment, node, words, table.positive("patience", USUAL_PATIENCE));
    }

    /// A node that a command can run on; null for none.
    private @Nullable String node(TableReader table) {
        String name = table.text("node");
        if (name == null) {
            return null;
        }
        if (!names.contains(name)) {
            problems.unknown(table.place("node"), "node", name, names);
            return null;
        }
        Node node = nodes.get(name);
        if (node != null && node.door() instanceof Door.Manual) {
            problems.add(table.place("node"), "node '" + name + "' is manual: nothing may run on it");
        }
        return name;
    }

    private @Nullable Hook http(Moment moment, TableReader table) {
        String text = table.text("http", "");
        String method = table.text("method", "POST").toUpperCase(Locale.ROOT);
        if (!METHOD.matcher(method).matches()) {
            problems.add(table.place("method"), Problems.quoted(method) + " is no method of HTTP, such as GET or POST");
        }
        Map<String, String> headers = table.map("headers");
        headers.forEach((header, value) -> {
            if (!HEADER.matcher(header).matches() || value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
                problems.add(table.place("headers"), Problems.quoted(header) + " is no header of HTTP");
            } else if (SECRET_HEADERS.contains(header.toLowerCase(Locale.ROOT))) {
                problems.add(
                        table.place("headers"),
                        "the header " + header + " holds a secret, which is never written in a plan:"
                                + " use a command that reads it from a file");
            }
        });
        try {
            var address = new URI(text);
            String scheme = address.getScheme();
            if (address.getRawUserInfo() != null) {
                problems.add(table.place("http"), "an address holds no login and password in a plan");
            } else if (scheme == null || !scheme.matches("(?i)https?") || address.getHost() == null) {
                problems.add(table.place("http"), "'http' needs an address such as http://host/path");
            } else {
                Duration patience = table.positive("patience", USUAL_PATIENCE);
                return new Hook.Http(moment, method, address, headers, table.text("body"), patience);
            }
        } catch (URISyntaxException _) {
            // not repeated: it may hold a password
            problems.add(table.place("http"), "'http' needs an address such as http://host/path");
        }
        return null;
    }

    private @Nullable Hook ping(Moment moment, TableReader hook) {
        Item item = hook.item("ping");
        if (item instanceof Text text) {
            // `ping: true` is the other end of the test
            String target = text.isTrue() ? null : target(text.place(), text.text());
            return new Hook.PingGate(moment, null, target, PING_THRESHOLD, PING_PATIENCE);
        }
        TableReader table = item == null ? null : TableReader.of(item, Shape.PING, problems);
        if (table == null) {
            return null;
        }
        String node = node(table);
        String target = table.text("target");
        boolean isOnce = moment == Moment.SESSION_START || moment == Moment.SESSION_END;
        if (isOnce && (node == null || target == null)) {
            problems.add(table.place(), "a ping before or after the whole session needs 'node' and 'target'");
        }
        return new Hook.PingGate(
                moment,
                node,
                target == null ? null : target(table.place("target"), target),
                table.whole("threshold", 1, MOST_ANSWERS, PING_THRESHOLD),
                table.positive("patience", PING_PATIENCE));
    }

    /// An address, also that of a node that is called by its name.
    private String target(Place place, String text) {
        if (text.isBlank() || text.startsWith("-") || text.chars().anyMatch(Character::isWhitespace)) {
            problems.add(place, "a target is an address, a name of a host or of a node");
        }
        Node node = nodes.get(text);
        if (node == null) {
            return text;
        }
        String address = node.traffic().address();
        if (address == null) {
            problems.add(place, "node '" + text + "' has no 'address': write the target's address");
        }
        return address == null ? text : address;
    }

    List<Watch> watches(TableReader plan) {
        List<Watch> watches = new ArrayList<>();
        for (Item item : plan.items("watches")) {
            TableReader table = TableReader.of(item, Shape.WATCH, problems);
            if (table != null) {
                watch(table, watches);
            }
        }
        return watches;
    }

    private void watch(TableReader table, List<Watch> watches) {
        Watch.Kind kind = table.choice("watch", Words.WATCHES);
        if (!table.has("watch")) {
            problems.add(table.place(), "'watch' is needed: one of " + String.join(", ", Words.WATCHES.known()));
        }
        List<String> where = table.texts("node");
        if (where.isEmpty()) {
            problems.add(table.place(), "'node' is needed for a watch");
        }
        List<String> arguments =
                kind == Watch.Kind.FOLLOW_COMMAND ? table.words("arguments") : table.texts("arguments");
        if (kind != null) {
            checkArguments(kind, arguments.size(), table);
        }
        Duration interval = table.positive("interval", USUAL_INTERVAL);
        for (String name : where) {
            if (!names.contains(name)) {
                problems.unknown(table.place("node"), "node", name, names);
                continue;
            }
            Node node = nodes.get(name);
            if (node != null && node.door() instanceof Door.Manual) {
                problems.add(table.place("node"), "node '" + name + "' is manual: it must not be touched");
            }
            if (kind != null) {
                watches.add(new Watch(kind, name, interval, arguments));
            }
        }
    }

    private void checkArguments(Watch.Kind kind, int count, TableReader table) {
        String wanted = switch (kind) {
            case PING -> count == 1 ? "" : "the target's address in 'arguments'";
            case NET_DEV, SIGNAL -> count <= 1 ? "" : "an interface in 'arguments', or nothing";
            case CPU, BATTERY -> count == 0 ? "" : "no 'arguments'";
            case FOLLOW_FILE -> count == 1 ? "" : "the file's name in 'arguments'";
            case FOLLOW_COMMAND -> count >= 1 ? "" : "the command in 'arguments'";
            case LOGCAT -> "";
        };
        if (!wanted.isEmpty()) {
            problems.add(table.place("arguments"), "a watch of this kind needs " + wanted);
        }
    }
}
