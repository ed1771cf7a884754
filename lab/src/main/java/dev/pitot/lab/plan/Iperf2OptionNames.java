package dev.pitot.lab.plan;

import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Scalar;
import dev.pitot.lab.tool.Iperf2Options;
import dev.pitot.lab.tool.Iperf2Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The options of iperf 2 in plans: those that only it has. What iperf3 has too is among a
/// test's usual options.
final class Iperf2OptionNames {
    private Iperf2OptionNames() {}

    private static Iperf2Parameter named(String name) {
        return Iperf2Parameter.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /// The options that a table has, whose keys are among [#names].
    static Iperf2Options read(TableReader table) {
        List<String> client = new ArrayList<>();
        List<String> server = new ArrayList<>();
        boolean daemon = false;
        for (Entry entry : table.entries()) {
            if (!PlanKeys.IPERF2.names().contains(entry.key()) || !isGiven(entry)) {
                continue;
            }
            Iperf2Parameter parameter = named(entry.key());
            List<String> words = words(parameter, entry);
            if (parameter == Iperf2Parameter.DAEMON) {
                daemon = true; // a detached server is started by the lab in its own way
                continue;
            }
            if (parameter.isFor(true, false) || parameter.isFor(true, true)) {
                client.addAll(words);
            }
            if (parameter.isFor(false, false) || parameter.isFor(false, true)) {
                server.addAll(words);
            }
        }
        return new Iperf2Options(client, server, daemon);
    }

    private static List<String> words(Iperf2Parameter parameter, Entry entry) {
        return entry.value() instanceof Scalar text && !parameter.isSwitch()
                ? List.of(parameter.longOption(), text.text())
                : List.of(parameter.longOption());
    }

    private static boolean isGiven(Entry entry) {
        if (!(entry.value() instanceof Scalar value)) {
            entry.value().report("a single value is needed here");
            return false;
        }
        if (named(entry.key()).isSwitch()) {
            if (!value.isTrue() && !value.isFalse()) {
                value.report("'" + entry.key() + "' is true or false, not " + Diagnostics.quoted(value.text()));
            }
            return value.isTrue();
        }
        PlanKeys.Key key = PlanKeys.IPERF2.named(entry.key());
        try {
            if (key == null || !(key.type() instanceof KeyType.Whole)) { // which is checked already
                named(entry.key()).check(value.text());
            }
            return true;
        } catch (IllegalArgumentException e) {
            value.report(String.valueOf(e.getMessage()));
            return false;
        }
    }
}
