package dev.pitot.lab.plan;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.plan.Item.Text;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.watch.Hook;
import dev.pitot.lab.watch.Hook.Moment;
import dev.pitot.lab.watch.Placeholders;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what is done around tests, and checks it as far as it can be without a node. One thread.
final class HooksReader {
    private static final int PING_THRESHOLD = 5; // apetools, timetorecovery
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(300);
    private static final List<String> KINDS = List.of("command", "http", "pause", "ping");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    /// Headers that carry secrets.
    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token");

    private final Problems problems;
    private final PlanNodes nodes;
    private final Set<String> variables;

    /// @param variables their names, which placeholders may use
    HooksReader(Problems problems, PlanNodes nodes, Set<String> variables) {
        this.problems = problems;
        this.nodes = nodes;
        this.variables = variables;
    }

    List<Hook> hooks(TableReader plan) {
        List<Hook> hooks = new ArrayList<>();
        TableReader moments = plan.table("hooks");
        for (Entry entry : moments.entries()) {
            Moment moment = Words.MOMENTS.meaning(entry.key());
            if (moment != null) { // an unknown key is a problem already
                hooks.addAll(hooks(moments, entry.key(), moment));
            }
        }
        return hooks;
    }

    /// The hooks of one key.
    List<Hook> hooks(TableReader table, String key, Moment moment) {
        List<Hook> hooks = new ArrayList<>();
        for (TableReader each : table.tables(key, PlanKeys.HOOK)) {
            Hook hook = hook(moment, each);
            if (hook != null) {
                hooks.add(hook);
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
            case "pause" -> new Hook.Pause(moment, table.length("pause"));
            default -> ping(moment, table);
        };
    }

    private void refuseOthers(TableReader table, String kind) {
        List<String> allowed = switch (kind) {
            case "command" -> List.of(kind, "node", "timeout");
            case "http" -> List.of(kind, "method", "headers", "body", "timeout");
            default -> List.of(kind);
        };
        for (Entry entry : table.entries()) {
            if (PlanKeys.HOOK.named(entry.key()) != null && !allowed.contains(entry.key())) {
                problems.add(entry.place(), "a hook with '" + kind + "' takes no '" + entry.key() + "' here");
            }
        }
    }

    private @Nullable Hook command(Moment moment, TableReader table) {
        List<String> words = table.words("command");
        String node = node(table);
        words.forEach(word -> checkPlaceholders(table.place("command"), moment, word));
        if (words.isEmpty() || words.getFirst().isBlank()) {
            problems.add(table.place("command"), "'command' needs a program");
            return null;
        }
        return new Hook.Command(moment, node, words, table.length("timeout"));
    }

    /// A node that a command can run on; null for none.
    private @Nullable String node(TableReader table) {
        String name = table.text("node");
        return name != null && nodes.canRun(table.place("node"), name, problems) ? name : null;
    }

    private @Nullable Hook http(Moment moment, TableReader table) {
        String method = table.text("method", "POST").toUpperCase(Locale.ROOT);
        if (!METHOD.matcher(method).matches()) {
            problems.add(
                    table.place("method"), Problems.quoted(method) + " is not a method of HTTP, such as GET or POST");
        }
        Map<String, String> headers = table.map("headers");
        headers.forEach((header, value) -> checkHeader(table, moment, header, value));
        String body = table.text("body");
        checkPlaceholders(table.place("body"), moment, body == null ? "" : body);
        URI address = address(table, moment);
        return address == null ? null : new Hook.Http(moment, method, address, headers, body, table.length("timeout"));
    }

    private @Nullable URI address(TableReader table, Moment moment) {
        String text = table.text("http", "");
        checkPlaceholders(table.place("http"), moment, text);
        try {
            var address = new URI(text.replace("{", "%7B").replace("}", "%7D"));
            String scheme = address.getScheme();
            if (address.getRawUserInfo() != null) {
                problems.add(table.place("http"), "an address holds no login and password in a plan");
                return null;
            }
            if (scheme != null && scheme.matches("(?i)https?") && address.getHost() != null) {
                Placeholders.namesIn(address).forEach(name -> checkPlaceholder(table.place("http"), moment, name));
                return address;
            }
        } catch (URISyntaxException _) {
            // not repeated: it may hold a password
        }
        problems.add(table.place("http"), "'http' needs an address such as http://host/path");
        return null;
    }

    /// A value is never repeated: it may be a secret.
    private void checkHeader(TableReader table, Moment moment, String header, String value) {
        Place place = table.place("headers");
        checkPlaceholders(place, moment, value);
        if (SECRET_HEADERS.contains(header.toLowerCase(Locale.ROOT))) {
            problems.add(
                    place,
                    "the header " + header + " holds a secret, which is never written in a plan:"
                            + " use a command that reads it from a file");
            return;
        }
        try {
            HttpRequest.Builder _ =
                    HttpRequest.newBuilder(URI.create("http://localhost/")).header(header, value);
        } catch (IllegalArgumentException _) {
            problems.add(
                    place,
                    "the header " + Problems.quoted(header)
                            + " cannot be sent: its name or its value is wrong, or HTTP sets it itself");
        }
    }

    private @Nullable Hook ping(Moment moment, TableReader hook) {
        Item item = hook.item("ping");
        if (item instanceof Text text) {
            if (isOutsideTests(moment)) {
                problems.add(text.place(), "a ping before or after the whole session needs 'node' and 'target'");
            }
            // `ping: true` is the other end of the test
            String target = text.isTrue() ? null : target(text.place(), moment, text.text(), null);
            if (text.isFalse()) {
                problems.add(text.place(), "'ping' is true, a target or a table");
            }
            nodes.devicesCanRun(text.place(), problems);
            return new Hook.PingGate(moment, null, target, PING_THRESHOLD, PING_TIMEOUT);
        }
        TableReader table = item == null ? null : TableReader.of(item, PlanKeys.PING, problems);
        if (table == null) {
            return null;
        }
        String node = node(table);
        String target = table.text("target");
        if (isOutsideTests(moment) && (!table.has("node") || target == null)) {
            problems.add(table.place(), "a ping before or after the whole session needs 'node' and 'target'");
        }
        if (!table.has("node")) {
            nodes.devicesCanRun(table.place(), problems);
        }
        return new Hook.PingGate(
                moment,
                node,
                target == null ? null : target(table.place("target"), moment, target, node),
                table.whole("threshold"),
                table.length("timeout"));
    }

    /// An address, also that of a node that is called by its name.
    private String target(Place place, Moment moment, String text, @Nullable String node) {
        Set<String> used = checkPlaceholders(place, moment, text);
        Node from = node == null ? null : nodes.read().get(node);
        if (used.isEmpty()) {
            nodes.checkTarget(place, text, from == null ? OperatingSystem.LINUX : from.system(), problems);
        }
        return nodes.address(place, text, problems);
    }

    private Set<String> checkPlaceholders(Place place, Moment moment, String text) {
        Set<String> names = Placeholders.namesIn(text);
        names.forEach(name -> checkPlaceholder(place, moment, name));
        return names;
    }

    private void checkPlaceholder(Place place, Moment moment, String name) {
        Set<String> known = new LinkedHashSet<>(variables);
        known.addAll(Placeholders.NAMES);
        if (isOutsideTests(moment)) {
            problems.add(place, "{" + name + "} has no value before and after the whole session: it belongs to a test");
        } else if (!known.contains(name)) {
            problems.unknown(place, "placeholder", name, known);
        }
    }

    private static boolean isOutsideTests(Moment moment) {
        return moment == Moment.SESSION_START || moment == Moment.SESSION_END;
    }
}
