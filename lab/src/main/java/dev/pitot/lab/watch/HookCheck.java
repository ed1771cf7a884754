package dev.pitot.lab.watch;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds what is wrong with a hook before anything runs. Values are not shown: they may be
/// secrets.
final class HookCheck {
    private final Hook hook;
    private final Set<String> nodes;
    private final List<String> problems = new ArrayList<>();

    private HookCheck(Hook hook, Set<String> nodes) {
        this.hook = hook;
        this.nodes = nodes;
    }

    /// The problems of a hook, a sentence each; empty if there are none.
    ///
    /// @param nodes the names of the plan's nodes
    static List<String> problems(Hook hook, Set<String> nodes) {
        var check = new HookCheck(hook, nodes);
        switch (hook) {
            case Hook.Command command -> check.command(command);
            case Hook.Http http -> check.http(http);
            case Hook.Pause pause -> check.pause(pause);
            case Hook.PingGate gate -> check.gate(gate);
        }
        return List.copyOf(check.problems);
    }

    private void command(Hook.Command command) {
        if (command.command().isEmpty() || command.command().getFirst().isBlank()) {
            problems.add("A command of the hooks is empty: give a program and its arguments.");
        }
        node(command.node());
        patience(command.patience());
        Set<String> names = new LinkedHashSet<>();
        command.command().forEach(word -> names.addAll(Placeholders.namesIn(word)));
        placeholders(names);
    }

    private void http(Hook.Http http) {
        address(http.address());
        patience(http.patience());
        if (!http.method().matches("[A-Za-z]{1,20}")) {
            problems.add("'" + http.method() + "' is no method of HTTP: use GET, PUT or POST.");
        }
        for (String header : http.headers().keySet()) {
            if (!canBeSent(header)) {
                problems.add("The header '" + header
                        + "' of a hook cannot be sent: its name is wrong, or HTTP sets it itself.");
            }
        }
        Set<String> names = new LinkedHashSet<>(Placeholders.namesIn(http.address()));
        http.headers().values().forEach(value -> names.addAll(Placeholders.namesIn(value)));
        if (http.body() != null) {
            names.addAll(Placeholders.namesIn(http.body()));
        }
        placeholders(names);
    }

    private void pause(Hook.Pause pause) {
        if (pause.length().isNegative()) {
            problems.add("A pause cannot be shorter than nothing: " + pause.length() + ".");
        }
    }

    private void gate(Hook.PingGate gate) {
        node(gate.node());
        patience(gate.patience());
        if (gate.threshold() < 1) {
            problems.add("The threshold of a ping gate must be 1 or more, but is " + gate.threshold() + ".");
        }
        if (gate.target() != null) {
            placeholders(Placeholders.namesIn(gate.target()));
            if (gate.target().isBlank() || gate.target().startsWith("-")) {
                problems.add("'" + gate.target() + "' cannot be pinged: give a name or an address.");
            }
        }
        if (isOutsideTests() && (gate.node() == null || gate.target() == null)) {
            problems.add(
                    "A ping gate at the start or the end of the session belongs to no test: give its node and its target.");
        }
    }

    private void address(URI address) {
        String scheme = address.getScheme();
        boolean isWeb = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!isWeb || address.getHost() == null) {
            problems.add("The address of an HTTP hook must begin with http:// or https:// and name a host.");
        }
    }

    private void node(@Nullable String node) {
        if (node != null && !nodes.contains(node)) {
            problems.add("A hook wants the node '" + node + "', which the plan does not have: it has "
                    + String.join(", ", new TreeSet<>(nodes)) + ".");
        }
    }

    private void patience(Duration patience) {
        if (!patience.isPositive()) {
            problems.add("The patience with a hook must be longer than nothing, but is " + patience + ".");
        }
    }

    private void placeholders(Set<String> names) {
        for (String name : names) {
            if (!Placeholders.NAMES.contains(name)) {
                problems.add("{" + name + "} means nothing: use one of "
                        + String.join(", ", new TreeSet<>(Placeholders.NAMES)) + ", or {{" + name
                        + "}} for the text itself.");
            } else if (isOutsideTests()) {
                problems.add(
                        "{" + name + "} means nothing at the start and the end of the session: it belongs to a test.");
            }
        }
    }

    private boolean isOutsideTests() {
        return switch (hook.moment()) {
            case SESSION_START, SESSION_END -> true;
            case BEFORE_TEST, AFTER_TEST -> false;
        };
    }

    private static boolean canBeSent(String header) {
        try {
            HttpRequest.newBuilder(URI.create("http://localhost/")).header(header, "");
            return true;
        } catch (IllegalArgumentException _) {
            return false; // java.net.http knows which names are wrong or its own
        }
    }
}
