package dev.pitot.lab.engine;

import dev.pitot.model.text.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of one end of a test with iperf 2, under iperf 2's long names, checked as
/// apetools did. For whoever drives iperf 2 by itself; plans describe tests for all engines.
/// Immutable.
///
/// A switch takes `true` or `false` (also yes, no, on, off, 1, 0), null is on. What only clients
/// have is refused for servers, except `time`, which servers never had a use for.
public final class Iperf2Parameters {
    private static final String DEFAULT_PATH = "iperf";
    private static final String PATH = "path";
    private static final String UDP = "udp";
    private static final String CLIENT = "client";
    private static final String SERVER = "server";
    private static final int FIRST_FREE_PORT = 1024;

    private final @Nullable String host;
    private final String path;
    private final boolean isUdp;
    private final EnumMap<Iperf2Parameter, String> values;

    private Iperf2Parameters(
            @Nullable String host, String path, boolean isUdp, EnumMap<Iperf2Parameter, String> values) {
        this.host = host;
        this.path = path;
        this.isUdp = isUdp;
        this.values = values;
    }

    /// A client's.
    ///
    /// @param host whom it connects to
    /// @param options by iperf 2's long names, with or without dashes; `path` is the program
    /// @throws IllegalArgumentException in one sentence, if a name or value is wrong
    public static Iperf2Parameters client(String host, Map<String, @Nullable String> options) {
        Iperf2Parameter.BIND.check(host); // a word, too
        return read(host, options);
    }

    /// A server's.
    ///
    /// @throws IllegalArgumentException in one sentence, if a name or value is wrong
    public static Iperf2Parameters server(Map<String, @Nullable String> options) {
        return read(null, options);
    }

    private static Iperf2Parameters read(@Nullable String host, Map<String, @Nullable String> options) {
        String path = DEFAULT_PATH;
        boolean isUdp = false;
        var given = new EnumMap<Iperf2Parameter, String>(Iperf2Parameter.class);
        for (Map.Entry<String, @Nullable String> option : options.entrySet()) {
            String name = option.getKey().replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
            String text = option.getValue() == null ? "" : option.getValue().strip();
            switch (name) {
                case PATH -> path = text.isEmpty() ? DEFAULT_PATH : text;
                case UDP -> isUdp = OptionReader.isOn(name, text);
                case CLIENT, SERVER ->
                    throw new IllegalArgumentException(
                            "leave out '" + name + "': the role of this end says whether it is client or server");
                default -> given.put(named(name), text);
            }
        }
        return new Iperf2Parameters(host, path, isUdp, checked(given, host != null, isUdp));
    }

    private static EnumMap<Iperf2Parameter, String> checked(
            Map<Iperf2Parameter, String> given, boolean isClient, boolean isUdp) {
        var values = new EnumMap<Iperf2Parameter, String>(Iperf2Parameter.class);
        given.forEach((parameter, text) -> {
            boolean isFitting = parameter.isFor(isClient, isUdp);
            if (parameter.isSwitch()) {
                if (!OptionReader.isOn(parameter.parameterName(), text)) {
                    return;
                }
            } else {
                parameter.check(text);
            }
            if (!isFitting && parameter == Iperf2Parameter.TIME) {
                return;
            }
            if (!isFitting) {
                throw new IllegalArgumentException("iperf 2's '" + parameter.parameterName() + "' is for "
                        + parameter.users() + " only: leave it out" + (isUdp ? "" : ", or switch 'udp' on or off"));
            }
            values.put(parameter, text);
        });
        return values;
    }

    private static Iperf2Parameter named(String name) {
        for (Iperf2Parameter parameter : Iperf2Parameter.values()) {
            if (parameter.parameterName().equals(name)) {
                return parameter;
            }
        }
        String nearest = Suggestion.nearest(
                name,
                Arrays.stream(Iperf2Parameter.values())
                        .map(Iperf2Parameter::parameterName)
                        .toList());
        throw new IllegalArgumentException("iperf 2 has no '" + name + "' here: "
                + (nearest == null ? "see docs/lab.md for what there is" : "did you mean '" + nearest + "'?"));
    }

    /// The whole command: the program, the role, then all options in the order of the alphabet.
    public List<String> command() {
        List<String> words = new ArrayList<>(List.of(path));
        words.addAll(words());
        return List.copyOf(words);
    }

    /// The command without the program.
    public List<String> words() {
        List<String> words = new ArrayList<>(host == null ? List.of("--" + SERVER) : List.of("--" + CLIENT, host));
        boolean isUdpDue = isUdp;
        for (Map.Entry<Iperf2Parameter, String> each : values.entrySet()) {
            Iperf2Parameter parameter = each.getKey();
            if (isUdpDue && parameter.parameterName().compareTo(UDP) > 0) {
                words.add("--" + UDP);
                isUdpDue = false;
            }
            words.add(parameter.word());
            if (!parameter.isSwitch()) {
                words.add(each.getValue());
            }
        }
        if (isUdpDue) {
            words.add("--" + UDP);
        }
        return List.copyOf(words);
    }

    /// What should be looked at, though it is not wrong: whole sentences.
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Iperf2Parameter parameter : List.of(Iperf2Parameter.PORT, Iperf2Parameter.LISTENPORT)) {
            String port = values.get(parameter);
            if (port != null && Integer.parseInt(port) < FIRST_FREE_PORT) {
                warnings.add("'" + parameter.parameterName() + "' " + port
                        + " is below 1024, where only root may listen: take a higher one");
            }
        }
        return List.copyOf(warnings);
    }

    /// The program.
    public String path() {
        return path;
    }

    public boolean isClient() {
        return host != null;
    }

    public boolean isUdp() {
        return isUdp;
    }

    /// Whether a server shall run detached.
    public boolean isDaemon() {
        return values.containsKey(Iperf2Parameter.DAEMON);
    }

    /// The command without the program, in one line for people.
    @Override
    public String toString() {
        return String.join(" ", words());
    }
}
