package dev.pitot.lab.plan;

import dev.pitot.lab.plan.IniText.Option;
import dev.pitot.lab.plan.PlanValue.Entry;
import dev.pitot.lab.plan.PlanValue.Mapping;
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
    private final List<Entry> options = new ArrayList<>();
    private final List<Entry> iperf2 = new ArrayList<>();
    private final List<Entry> sweep = new ArrayList<>();
    private Entry directions;

    IniIperf(IniText ini) {
        this.ini = ini;
        directions =
                new Option(SECTION, "", ini.position(SECTION)).entry("directions", List.of("to_dut")); // as apetools
    }

    Mapping test() {
        SourcePosition position = ini.position(SECTION);
        boolean isUdp = isUdp();
        if (isUdp) {
            options.add(IniValues.entry(position, "udp", "true"));
        }
        // DEFAULT has options of other sections, too
        ini.options(SECTION).forEach(option -> read(option, isUdp));
        for (Option option : ini.options(IniText.DEFAULT)) {
            String name = option.name();
            boolean isMeant = OPTIONS.containsKey(name)
                    || SWITCHES.containsKey(name)
                    || TWO_WAYS.contains(name)
                    || PlanKeys.IPERF2.names().contains(name)
                    || Set.of("time", "directions").contains(name);
            if (isMeant
                    && ini.options(SECTION).stream().noneMatch(it -> it.name().equals(name))) {
                read(option, isUdp);
            }
        }
        return new Mapping(
                position,
                List.of(
                        IniValues.entry(position, "name", "iperf"),
                        IniValues.entry(position, "engine", "iperf2"),
                        directions,
                        new Entry(position, "options", new Mapping(position, options)),
                        new Entry(position, "iperf2", new Mapping(position, iperf2)),
                        new Entry(position, "sweep", new Mapping(position, sweep))));
    }

    private boolean isUdp() {
        Option protocol = ini.option(SECTION, "protocol");
        Option udp = ini.option(SECTION, "udp");
        String name = protocol == null ? "tcp" : protocol.value().toLowerCase(Locale.ROOT);
        if (protocol != null && !name.equals("tcp") && !name.equals("udp")) {
            protocol.report("unknown protocol " + Diagnostics.quoted(name) + ": tcp or udp");
        }
        return name.equals("udp") || (udp != null && isOn(udp));
    }

    private void read(Option option, boolean isUdp) {
        String name = option.name();
        if (name.equals("protocol") || name.equals("udp")) {
            return; // read already
        }
        if (name.equals("directions")) {
            directions = option.entry(name, IniValues.list(option.value()));
        } else if (name.equals("time")) {
            time(option);
        } else if (name.equals("bandwidth") && !isUdp) {
            note(option, "'bandwidth' is for UDP, as in iperf 2: not used");
        } else if (OPTIONS.containsKey(name)) {
            String ours = OPTIONS.getOrDefault(name, name);
            if (SEVERAL.matcher(option.value()).matches()) {
                sweep.add(option.entry(ours, IniValues.list(option.value())));
            } else {
                options.add(option.entry(ours, option.value()));
            }
        } else if (SWITCHES.containsKey(name)) {
            options.add(option.entry(SWITCHES.getOrDefault(name, name), Boolean.toString(isOn(option))));
        } else if (TWO_WAYS.contains(name)) {
            if (isOn(option)) {
                directions = option.entry("directions", List.of("to", "from"));
                note(
                        option,
                        "'" + name + "' is imported as both directions, one after the other: iperf 2 does not tell them"
                                + " apart; for both at once take iperf3 or Pitot with the option bidir");
            }
        } else if (OWN.contains(name)) {
            note(option, "'" + name + "' is not imported: the lab sets it itself");
        } else if (PlanKeys.IPERF2.names().contains(name)) {
            boolean isSwitch = PlanKeys.IPERF2.type(name) instanceof KeyType.Flag;
            iperf2.add(option.entry(name, isSwitch ? Boolean.toString(isOn(option)) : option.value()));
        } else {
            // a warning in apetools, too
            note(option, "'" + name + "' is no option of iperf 2: not used");
        }
    }

    private void time(Option option) {
        if (ini.option(SECTION, "num") != null) {
            note(option, "'num' ends the test: 'time' is not used");
            return;
        }
        Duration time = DurationParser.parseByFirstLetter(option.value());
        if (time == null || time.isZero()) {
            option.report("'time' needs a length of time such as 10, 10 Seconds or 1 hour 30 minutes, not "
                    + Diagnostics.quoted(option.value()));
            return;
        }
        long seconds = time.plusNanos(999_999_999).toSeconds(); // never shorter than asked for
        if (time.toSeconds() != seconds) {
            note(option, "tests take whole seconds: " + seconds);
        }
        options.add(option.entry("time", Long.toString(seconds)));
    }

    private static boolean isOn(Option option) {
        @Nullable Boolean isOn = IniValues.bool(option.value());
        if (isOn == null) {
            option.report("'" + option.name() + "' is yes or no, not " + Diagnostics.quoted(option.value()));
        }
        return Boolean.TRUE.equals(isOn);
    }

    private void note(Option option, String sentence) {
        ini.note(option, "[" + SECTION + "]: " + sentence);
    }
}
