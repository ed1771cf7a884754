package dev.pitot.lab.plan;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.Hook.Moment;
import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Scalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what is done around tests, and checks it as far as it can be without a node. One thread.
final class HooksReader {
    private static final List<String> KINDS = List.of("command", "http", "pause", "ping");
    private static final String NEEDS_BOTH = "a ping before or after the whole session needs 'node' and 'target'";
    /// Headers that carry secrets.
    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token");

    private final PlanNodes nodes;
    private final Set<String> variables;

    /// @param variables their names, which placeholders may use
    HooksReader(PlanNodes nodes, Set<String> variables) {
        this.nodes = nodes;
        this.variables = variables;
    }

    List<Hook> hooks(TableReader plan) {
        List<Hook> hooks = new ArrayList<>();
        TableReader moments = plan.table("hooks");
        for (Entry entry : moments.entries()) {
            Moment moment = KeyType.MOMENT.meaning(entry.key());
            if (moment != null) { // an unknown key is reported already
                hooks.addAll(hooks(moments, entry.key(), moment));
            }
        }
        return hooks;
    }

    /// The hooks of one key.
    List<Hook> hooks(TableReader table, String key, Moment moment) {
        List<Hook> hooks = new ArrayList<>();
        for (TableReader each : table.tables(key)) {
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
            table.report("a hook has exactly one of " + String.join(", ", KINDS));
            return null;
        }
        String kind = kinds.getFirst();
        List<String> others = switch (kind) {
            case "command" -> List.of(kind, "node", "timeout");
            case "http" -> List.of(kind, "method", "headers", "body", "timeout");
            default -> List.of(kind);
        };
        table.refuseOthers(others, PlanKeys.HOOK.names(), "a hook with '" + kind + "' takes no '%s' here");
        return switch (kind) {
            case "command" -> command(moment, table);
            case "http" -> http(moment, table);
            case "pause" -> new Hook.Pause(moment, table.length("pause"));
            default -> ping(moment, table);
        };
    }

    private @Nullable Hook command(Moment moment, TableReader table) {
        List<String> words = table.words("command");
        String node = node(table);
        words.forEach(word -> checkPlaceholders(table.position("command"), moment, word));
        if (words.isEmpty() || words.getFirst().isBlank()) {
            table.report("command", "'command' needs a program");
            return null;
        }
        return new Hook.Command(moment, node, words, table.length("timeout"));
    }

    /// A node that a command can run on; null for none.
    private @Nullable String node(TableReader table) {
        String name = table.text("node");
        return name != null && nodes.canRun(table.position("node"), name) ? name : null;
    }

    private @Nullable Hook http(Moment moment, TableReader table) {
        Map<String, String> headers = table.map("headers");
        headers.forEach((header, value) -> checkHeader(table.position("headers"), moment, header, value));
        String body = table.text("body");
        checkPlaceholders(table.position("body"), moment, body == null ? "" : body);
        URI address = address(table, moment);
        String method = table.text("method", "POST").toUpperCase(Locale.ROOT);
        return address == null ? null : new Hook.Http(moment, method, address, headers, body, table.length("timeout"));
    }

    private @Nullable URI address(TableReader table, Moment moment) {
        String text = table.text("http", "");
        checkPlaceholders(table.position("http"), moment, text);
        try {
            var address = new URI(text.replace("{", "%7B").replace("}", "%7D"));
            String scheme = address.getScheme();
            if (address.getRawUserInfo() != null) {
                table.report("http", "an address holds no login and password in a plan");
                return null;
            }
            if (scheme != null && scheme.matches("(?i)https?") && address.getHost() != null) {
                Placeholders.namesIn(address).forEach(name -> checkPlaceholder(table.position("http"), moment, name));
                return address;
            }
        } catch (URISyntaxException _) {
            // not repeated: it may hold a password
        }
        table.report("http", "'http' needs an address such as http://host/path");
        return null;
    }

    /// A value is never repeated: it may be a secret.
    private void checkHeader(SourcePosition position, Moment moment, String header, String value) {
        checkPlaceholders(position, moment, value);
        if (SECRET_HEADERS.contains(header.toLowerCase(Locale.ROOT))) {
            position.report("the header " + header + " holds a secret, which is never written in a plan:"
                    + " use a command that reads it from a file");
            return;
        }
        try {
            HttpRequest.Builder _ =
                    HttpRequest.newBuilder(URI.create("http://localhost/")).header(header, value);
        } catch (IllegalArgumentException _) {
            position.report("the header " + Diagnostics.quoted(header)
                    + " cannot be sent: its name or its value is wrong, or HTTP sets it itself");
        }
    }

    private @Nullable Hook ping(Moment moment, TableReader hook) {
        PlanValue item = hook.item("ping");
        TableReader table = item instanceof Scalar
                ? TableReader.empty(item.position(), PlanKeys.PING)
                : item == null ? null : TableReader.of(item, PlanKeys.PING);
        if (item == null || table == null) {
            return null;
        }
        // `ping: true` is the other end of the test
        String target = item instanceof Scalar text && !text.isTrue() ? text.text() : table.text("target");
        if (item instanceof Scalar text && text.isFalse()) {
            item.report("'ping' is true, a target or a table");
        }
        String node = node(table);
        if (isOutsideTests(moment) && (!table.has("node") || target == null)) {
            table.report(NEEDS_BOTH);
        }
        if (!table.has("node")) {
            nodes.devicesCanRun(table.position());
        }
        return new Hook.PingGate(
                moment,
                node,
                target == null ? null : target(table.position("target"), moment, target, node),
                table.whole("threshold"),
                table.length("timeout"));
    }

    /// An address, also that of a node that is called by its name.
    private String target(SourcePosition position, Moment moment, String text, @Nullable String node) {
        Node from = node == null ? null : nodes.read().get(node);
        if (checkPlaceholders(position, moment, text).isEmpty()) {
            PlanNodes.checkTarget(position, text, from == null ? OperatingSystem.LINUX : from.system());
        }
        return nodes.address(position, text);
    }

    private Set<String> checkPlaceholders(SourcePosition position, Moment moment, String text) {
        Set<String> names = Placeholders.namesIn(text);
        names.forEach(name -> checkPlaceholder(position, moment, name));
        return names;
    }

    private void checkPlaceholder(SourcePosition position, Moment moment, String name) {
        Set<String> known = new LinkedHashSet<>(variables);
        known.addAll(Placeholders.NAMES);
        if (isOutsideTests(moment)) {
            position.report("{" + name + "} has no value before and after the whole session: it belongs to a test");
        } else if (!known.contains(name)) {
            position.reportUnknown("placeholder", name, known);
        }
    }

    private static boolean isOutsideTests(Moment moment) {
        return moment == Moment.SESSION_START || moment == Moment.SESSION_END;
    }
}
