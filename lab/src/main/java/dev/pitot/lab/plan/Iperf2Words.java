package dev.pitot.lab.plan;

import dev.pitot.lab.engine.Iperf2Options;
import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.plan.Item.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The options that only iperf 2 has, by its long names, and what each may be (apetools'
/// iperfparameters). What iperf3 has too is among a test's usual options.
enum Iperf2Words {
    COMPATIBILITY(Ends.BOTH, null),
    DAEMON(Ends.SERVER, null),
    DUALTEST(Ends.CLIENT, null),
    FILEINPUT(Ends.CLIENT, "\\S+"),
    FORMAT(Ends.BOTH, "[abkmgABKMG]"),
    LISTENPORT(Ends.CLIENT, "[0-9]{1,5}"),
    PRINT_MSS(Ends.BOTH, null),
    REPORTEXCLUDE(Ends.BOTH, "[CDMSVcdmsv]{1,5}"),
    REPORTSTYLE(Ends.BOTH, "[cC]"),
    SINGLE_UDP(Ends.SERVER, null),
    TRADEOFF(Ends.CLIENT, null),
    TTL(Ends.CLIENT, "[0-9]{1,3}");

    private enum Ends {
        CLIENT,
        SERVER,
        BOTH
    }

    private static final int LAST_PORT = 65_535;
    private static final int MOST_HOPS = 255;

    private final Ends ends;
    /// Of the value; empty for those that are only given or not.
    private final String pattern;

    Iperf2Words(Ends ends, @Nullable String pattern) {
        this.ends = ends;
        this.pattern = pattern == null ? "" : pattern;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it is only given or not.
    boolean isFlag() {
        return pattern.isEmpty();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Iperf2Words::word).toList();
    }

    /// The options that a table has.
    static Iperf2Options read(TableReader table, Problems problems) {
        List<Iperf2Words> given = new ArrayList<>();
        List<List<String>> words = new ArrayList<>();
        for (Entry entry : table.entries()) {
            for (Iperf2Words option : values()) {
                if (option.word().equals(entry.key()) && option.isGiven(entry, problems)) {
                    given.add(option);
                    words.add(option.words(entry.value()));
                }
            }
        }
        // a detached server is started by the lab in its own way
        return new Iperf2Options(
                words(given, words, it -> it.ends != Ends.SERVER),
                words(given, words, it -> it.ends != Ends.CLIENT && it != DAEMON),
                given.contains(DAEMON));
    }

    private static List<String> words(
            List<Iperf2Words> given, List<List<String>> words, Predicate<Iperf2Words> isMeant) {
        List<String> meant = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            if (isMeant.test(given.get(i))) {
                meant.addAll(words.get(i));
            }
        }
        return meant;
    }

    private List<String> words(Item value) {
        // the long name is gone from iperf 2.1
        String name = this == FILEINPUT ? "-F" : "--" + word();
        return value instanceof Text text && !isFlag() ? List.of(name, text.text()) : List.of(name);
    }

    private boolean isGiven(Entry entry, Problems problems) {
        if (!(entry.value() instanceof Text value)) {
            problems.add(entry.value().place(), "a single value is needed here");
            return false;
        }
        if (isFlag()) {
            if (!value.isTrue() && !value.isFalse()) {
                problems.add(value.place(), "'" + word() + "' is true or false, not " + Problems.quoted(value.text()));
            }
            return value.isTrue();
        }
        if (!Pattern.matches(pattern, value.text()) || !isInRange(value.text())) {
            problems.add(
                    value.place(), "iperf 2 does not take " + Problems.quoted(value.text()) + " for '" + word() + "'");
            return false;
        }
        return true;
    }

    private boolean isInRange(String text) {
        return switch (this) {
            case LISTENPORT -> Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= LAST_PORT;
            case TTL -> Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_HOPS;
            case COMPATIBILITY,
                    DAEMON,
                    DUALTEST,
                    FILEINPUT,
                    FORMAT,
                    PRINT_MSS,
                    REPORTEXCLUDE,
                    REPORTSTYLE,
                    SINGLE_UDP,
                    TRADEOFF -> true;
        };
    }
}
