package dev.pitot.lab.plan;

import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.PlanValue.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// apetools' [IPERF] as one test of a plan, with iperf 2 as its engine. One thread.
final class IniIperf {
    private static final String SECTION = "IPERF";
    /// apetools: the direction if none is given.
    private static final String USUAL_DIRECTION = "to_dut";

    /// iperf 2's names and those that a plan has for the same.
    private static final Map<String, String> OPTIONS = Map.of(
            "window", "window",
            "len", "length",
            "length", "length",
            "parallel", "parallel",
            "interval", "interval",
            "num", "bytes",
            "mss", "set-mss",
            "bandwidth", "bitrate");

    private static final Map<String, String> SWITCHES = Map.of("nodelay", "no-delay", "ipv6version", "version6");
    private static final Set<String> OWN =
            Set.of("port", "bind", "client", "server", "output", "path", "fileinput", "listenport");
    private static final Set<String> TWO_WAYS = Set.of("tradeoff", "dualtest");
    private static final Pattern SEVERAL = Pattern.compile(".*[,\\n].*|[0-9]+-[0-9]+", Pattern.DOTALL);

    private final IniText ini;
    private final Diagnostics diagnostics;
    private final List<String> notes;
    private final List<Entry> options = new ArrayList<>();
    private final List<Entry> iperf2 = new ArrayList<>();
    private final List<Entry> sweep = new ArrayList<>();
    private PlanValue directions;
    private boolean isUdp;
    private boolean hasBytes;

    IniIperf(IniText ini, Diagnostics diagnostics, List<String> notes) {
        this.ini = ini;
        this.diagnostics = diagnostics;
        this.notes = notes;
        Option given = ini.option(SECTION, "directions");
        SourcePosition position = given == null ? ini.position(SECTION) : given.position();
        directions = IniValues.rows(position, given == null ? List.of(USUAL_DIRECTION) : IniValues.list(given.value()));
    }

    PlanValue test() {
        SourcePosition position = ini.position(SECTION);
        protocol(position);
        hasBytes = ini.option(SECTION, "num") != null;
        for (Option option : given()) {
            if (!option.name().equals("protocol") && !option.name().equals("udp")) {
                read(option);
            }
        }
        List<Entry> test = new ArrayList<>(List.of(
                IniValues.entry(position, "name", "iperf"),
                IniValues.entry(position, "engine", "iperf2"),
                new Entry(directions.position(), "directions", directions)));
        add(test, "options", options, position);
        add(test, "iperf2", iperf2, position);
        add(test, "sweep", sweep, position);
        return IniValues.table(position, test);
    }

    /// The section's options, and those of [DEFAULT] that mean something here.
    private List<Option> given() {
        List<Option> given = new ArrayList<>(ini.options(SECTION));
        for (Option option : ini.options(IniText.DEFAULT)) {
            String name = option.name();
            boolean isMeant = OPTIONS.containsKey(name)
                    || SWITCHES.containsKey(name)
                    || Iperf2OptionNames.names().contains(name)
                    || name.equals("time");
            if (isMeant && given.stream().noneMatch(it -> it.name().equals(name))) {
                given.add(option);
            }
        }
        return given;
    }

    private static void add(List<Entry> test, String key, List<Entry> entries, SourcePosition position) {
        if (!entries.isEmpty()) {
            test.add(new Entry(position, key, IniValues.table(position, entries)));
        }
    }

    private void protocol(SourcePosition position) {
        Option protocol = ini.option(SECTION, "protocol");
        Option udp = ini.option(SECTION, "udp");
        String name = protocol == null ? "tcp" : protocol.value().toLowerCase(Locale.ROOT);
        if (protocol != null && !name.equals("tcp") && !name.equals("udp")) {
            diagnostics.add(protocol.position(), "unknown protocol " + Diagnostics.quoted(name) + ": tcp or udp");
        }
        isUdp = name.equals("udp") || (udp != null && isOn(udp));
        if (isUdp) {
            options.add(IniValues.entry(position, "udp", "true"));
        }
    }

    private void read(Option option) {
        String name = option.name();
        SourcePosition position = option.position();
        if (name.equals("directions")) {
            return; // read already
        }
        if (name.equals("time")) {
            time(option);
        } else if (name.equals("bandwidth") && !isUdp) {
            note(option, "'bandwidth' is for UDP, as in iperf 2: not used");
        } else if (OPTIONS.containsKey(name)) {
            option(position, OPTIONS.getOrDefault(name, name), option.value());
        } else if (SWITCHES.containsKey(name)) {
            if (isOn(option)) {
                options.add(IniValues.entry(position, SWITCHES.getOrDefault(name, name), "true"));
            }
        } else if (TWO_WAYS.contains(name)) {
            if (isOn(option)) {
                directions = IniValues.rows(position, List.of("to", "from"));
                note(
                        option,
                        "'" + name + "' is imported as both directions, one after the other: iperf 2 does not tell them"
                                + " apart; for both at once take iperf3 or Pitot with the option bidir");
            }
        } else if (OWN.contains(name)) {
            note(option, "'" + name + "' is not imported: the lab sets it itself");
        } else if (Iperf2OptionNames.names().contains(name)) {
            String value = Iperf2OptionNames.isSwitch(name) ? Boolean.toString(isOn(option)) : option.value();
            iperf2.add(IniValues.entry(position, name, value));
        } else {
            // a warning in apetools, too
            note(option, "'" + name + "' is no option of iperf 2: not used");
        }
    }

    private void option(SourcePosition position, String name, String value) {
        if (SEVERAL.matcher(value).matches()) {
            sweep.add(new Entry(position, name, IniValues.rows(position, IniValues.list(value))));
        } else {
            options.add(IniValues.entry(position, name, value));
        }
    }

    private void time(Option option) {
        if (hasBytes) {
            note(option, "'num' ends the test: 'time' is not used");
            return;
        }
        Duration time = DurationParser.parseByFirstLetter(option.value());
        if (time == null || time.isZero()) {
            diagnostics.add(
                    option.position(),
                    "'time' needs a length of time such as 10, 10 Seconds or 1 hour 30 minutes, not "
                            + Diagnostics.quoted(option.value()));
            return;
        }
        long seconds = time.plusNanos(999_999_999).toSeconds(); // never shorter than asked for
        if (time.toSeconds() != seconds) {
            note(option, "tests take whole seconds: " + seconds);
        }
        options.add(IniValues.entry(option.position(), "time", Long.toString(seconds)));
    }

    private boolean isOn(Option option) {
        @Nullable Boolean isOn = IniValues.bool(option.value());
        if (isOn == null) {
            diagnostics.add(
                    option.position(),
                    "'" + option.name() + "' is yes or no, not " + Diagnostics.quoted(option.value()));
        }
        return Boolean.TRUE.equals(isOn);
    }

    private void note(Option option, String sentence) {
        notes.add("line " + option.position().line() + ": [" + SECTION + "]: " + sentence);
    }
}
