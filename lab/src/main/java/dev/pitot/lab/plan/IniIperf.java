package dev.pitot.lab.plan;

import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.Item.Entry;
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
    private static final Set<String> OWN = Set.of("port", "bind", "client", "server", "output", "path", "fileinput");
    private static final Pattern SEVERAL = Pattern.compile(".*[,\\n].*|[0-9]+-[0-9]+", Pattern.DOTALL);

    private final IniText ini;
    private final Problems problems;
    private final List<String> notes;
    private final List<Entry> options = new ArrayList<>();
    private final List<Entry> iperf2 = new ArrayList<>();
    private final List<Entry> sweep = new ArrayList<>();
    private boolean isUdp;
    private boolean hasBytes;

    IniIperf(IniText ini, Problems problems, List<String> notes) {
        this.ini = ini;
        this.problems = problems;
        this.notes = notes;
    }

    Item test() {
        Place place = ini.place(SECTION);
        protocol(place);
        hasBytes = ini.option(SECTION, "num") != null;
        Item directions = IniValues.rows(place, List.of(USUAL_DIRECTION));
        for (Option option : given()) {
            if (option.name().equals("directions")) {
                directions = IniValues.rows(option.place(), IniValues.list(option.value()));
            } else if (!option.name().equals("protocol") && !option.name().equals("udp")) {
                read(option);
            }
        }
        List<Entry> test = new ArrayList<>(List.of(
                IniValues.entry(place, "name", "iperf"),
                IniValues.entry(place, "engine", "iperf2"),
                new Entry(directions.place(), "directions", directions)));
        add(test, "options", options, place);
        add(test, "iperf2", iperf2, place);
        add(test, "sweep", sweep, place);
        return IniValues.table(place, test);
    }

    /// The section's options, and those of [DEFAULT] that mean something here.
    private List<Option> given() {
        List<Option> given = new ArrayList<>(ini.options(SECTION));
        for (Option option : ini.options(IniText.DEFAULT)) {
            String name = option.name();
            boolean isMeant = OPTIONS.containsKey(name)
                    || SWITCHES.containsKey(name)
                    || Iperf2Words.names().contains(name)
                    || name.equals("time")
                    || name.equals("directions");
            if (isMeant && given.stream().noneMatch(it -> it.name().equals(name))) {
                given.add(option);
            }
        }
        return given;
    }

    private static void add(List<Entry> test, String key, List<Entry> entries, Place place) {
        if (!entries.isEmpty()) {
            test.add(new Entry(place, key, IniValues.table(place, entries)));
        }
    }

    private void protocol(Place place) {
        Option protocol = ini.option(SECTION, "protocol");
        Option udp = ini.option(SECTION, "udp");
        String name = protocol == null ? "tcp" : protocol.value().toLowerCase(Locale.ROOT);
        if (protocol != null && !name.equals("tcp") && !name.equals("udp")) {
            problems.add(protocol.place(), "unknown protocol " + Problems.quoted(name) + ": tcp or udp");
        }
        isUdp = name.equals("udp") || (udp != null && isOn(udp));
        if (isUdp) {
            options.add(IniValues.entry(place, "udp", "true"));
        }
    }

    private void read(Option option) {
        String name = option.name();
        Place place = option.place();
        if (name.equals("time")) {
            time(option);
        } else if (name.equals("bandwidth") && !isUdp) {
            note(option, "'bandwidth' is for UDP, as in iperf 2: not used");
        } else if (OPTIONS.containsKey(name)) {
            option(place, OPTIONS.getOrDefault(name, name), option.value());
        } else if (SWITCHES.containsKey(name)) {
            if (isOn(option)) {
                options.add(IniValues.entry(place, SWITCHES.getOrDefault(name, name), "true"));
            }
        } else if (OWN.contains(name)) {
            note(option, "'" + name + "' is not imported: the lab sets it itself");
        } else if (Iperf2Words.names().contains(name)) {
            String value = Iperf2Words.isSwitch(name) ? Boolean.toString(isOn(option)) : option.value();
            iperf2.add(IniValues.entry(place, name, value));
        } else {
            // a warning in apetools, too
            note(option, "'" + name + "' is no option of iperf 2: not used");
        }
    }

    private void option(Place place, String name, String value) {
        if (SEVERAL.matcher(value).matches()) {
            sweep.add(new Entry(place, name, IniValues.rows(place, IniValues.list(value))));
        } else {
            options.add(IniValues.entry(place, name, value));
        }
    }

    private void time(Option option) {
        if (hasBytes) {
            note(option, "'num' ends the test: 'time' is not used");
            return;
        }
        Duration time = Durations.parseByFirstLetter(option.value());
        if (time == null || time.isZero()) {
            problems.add(
                    option.place(),
                    "'time' needs a length of time such as 10, 10 Seconds or 1 hour 30 minutes, not "
                            + Problems.quoted(option.value()));
            return;
        }
        long seconds = time.plusNanos(999_999_999).toSeconds(); // never shorter than asked for
        if (time.toSeconds() != seconds) {
            note(option, "tests take whole seconds: " + seconds);
        }
        options.add(IniValues.entry(option.place(), "time", Long.toString(seconds)));
    }

    private boolean isOn(Option option) {
        @Nullable Boolean isOn = IniValues.bool(option.value());
        if (isOn == null) {
            problems.add(
                    option.place(), "'" + option.name() + "' is yes or no, not " + Problems.quoted(option.value()));
        }
        return Boolean.TRUE.equals(isOn);
    }

    private void note(Option option, String sentence) {
        notes.add("line " + option.place().line() + ": [" + SECTION + "]: " + sentence);
    }
}
