package dev.pitot.command;

import dev.pitot.command.MetricsOptions.Access;
import dev.pitot.command.MetricsOptions.File;
import dev.pitot.command.MetricsOptions.Format;
import dev.pitot.command.MetricsOptions.Label;
import dev.pitot.command.MetricsOptions.Listen;
import dev.pitot.command.MetricsOptions.Names;
import dev.pitot.command.MetricsOptions.Pace;
import dev.pitot.command.MetricsOptions.Push;
import dev.pitot.command.file.FileErrorText;
import dev.pitot.command.file.PasswordFile;
import dev.pitot.command.file.SecretFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Builder of the options for live metrics. Each has an environment variable of the same name as its
/// default (`--push.url`: `IPERF3_PUSH_URL`); an empty variable counts as not set. Used by one thread.
final class MetricsOptionsBuilder {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_RETRIES = 10;
    private static final int MAX_PORT = 65_535;
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h|)");
    private static final Map<String, Double> SECONDS = Map.of("ms", 1e-3, "s", 1.0, "", 1.0, "m", 60.0, "h", 3600.0);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Set<String> YES = Set.of("1", "true", "yes", "on");
    private static final Set<String> NO = Set.of("0", "false", "no", "off");

    private final Map<Option, String> given = new HashMap<>();
    private final Map<Option, List<String>> labels = new HashMap<>();
    private final Consumer<String> warnings;
    private Environment environment = Environment.NONE;

    /// @param warnings receives a line for each secret that others can read
    MetricsOptionsBuilder(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /// A value and its source, for error messages.
    private record Setting(String source, String value) {
        UsageException wrong(String wanted) {
            return UsageException.parameter(
                    "invalid value '" + value + "' for " + source + ": " + wanted + " is needed");
        }
    }

    /// Accepts an option of [MetricsOptionTable#ROWS].
    ///
    /// @param value null if an optional value is absent
    void accept(Option option, @Nullable String value) {
        String text = value == null ? "true" : value;
        if (option == MetricsOptionTable.PUSH_LABEL || option == MetricsOptionTable.METRICS_LABEL) {
            labels.computeIfAbsent(option, _ -> new ArrayList<>()).add(text);
        } else {
            given.put(option, text);
        }
    }

    /// Returns the options, with the defaults from the environment.
    ///
    /// @throws UsageException if a value or a combination is invalid
    MetricsOptions build(Environment from) throws UsageException {
        environment = from;
        Push push = push();
        File file = file();
        Listen listen = listen();
        return new MetricsOptions(push, file, names(push, file, listen), listen);
    }

    private @Nullable Push push() throws UsageException {
        Setting url = setting(MetricsOptionTable.PUSH_URL);
        if (url == null) {
            refuseWithout(MetricsOptionTable.PUSH_URL, MetricsOptionTable.OF_PUSHES);
            return null;
        }
        Setting job = setting(MetricsOptionTable.PUSH_JOB);
        Setting userAgent = setting(MetricsOptionTable.PUSH_USER_AGENT);
        var pace = new Pace(
                length(MetricsOptionTable.PUSH_INTERVAL, null),
                timeout(),
                retries(),
                yesOrNo(MetricsOptionTable.PUSH_DELETE_ON_EXIT));
        return new Push(
                url.value,
                job == null ? "iperf3" : job.value,
                labels(MetricsOptionTable.PUSH_LABEL),
                pace,
                userAgent == null ? null : userAgent.value,
                access());
    }

    private Duration timeout() throws UsageException {
        Duration timeout = length(MetricsOptionTable.PUSH_TIMEOUT, DEFAULT_TIMEOUT);
        return timeout == null ? DEFAULT_TIMEOUT : timeout;
    }

    private int retries() throws UsageException {
        Setting retries = setting(MetricsOptionTable.PUSH_RETRIES);
        if (retries == null) {
            return 0;
        }
        boolean isNumber = retries.value.matches("[0-9]{1,2}");
        if (!isNumber || Integer.parseInt(retries.value) > MAX_RETRIES) {
            throw retries.wrong("a number from 0 to " + MAX_RETRIES);
        }
        return Integer.parseInt(retries.value);
    }

    private Access access() throws UsageException {
        Setting ca = setting(MetricsOptionTable.PUSH_CA);
        Setting user = setting(MetricsOptionTable.PUSH_USER);
        String token = secret(MetricsOptionTable.PUSH_TOKEN_FILE);
        String password = secret(MetricsOptionTable.PUSH_PASSWORD_FILE);
        if ((user == null) != (password == null)) {
            throw UsageException.parameter(MetricsOptionTable.PUSH_USER + " and "
                    + MetricsOptionTable.PUSH_PASSWORD_FILE + " must be used together");
        }
        if (user != null && token != null) {
            throw UsageException.parameter("only one of " + MetricsOptionTable.PUSH_USER + " and "
                    + MetricsOptionTable.PUSH_TOKEN_FILE + " may be given");
        }
        return new Access(ca == null ? null : ca.value, token, user == null ? null : user.value, password);
    }

    private @Nullable String secret(Option option) throws UsageException {
        Setting path = setting(option);
        if (path == null) {
            return null;
        }
        try {
            String secret = PasswordFile.password(path.value);
            SecretFile.warning("file of " + path.source, path.value).ifPresent(warnings);
            return secret;
        } catch (IOException e) {
            throw UsageException.parameter(
                    "unable to read " + path.value + " (" + path.source + "): " + FileErrorText.of(e));
        }
    }

    private @Nullable File file() throws UsageException {
        Setting path = setting(MetricsOptionTable.METRICS_FILE);
        if (path == null) {
            refuseWithout(
                    MetricsOptionTable.METRICS_FILE,
                    List.of(MetricsOptionTable.METRICS_FORMAT, MetricsOptionTable.METRICS_LABEL));
            return null;
        }
        if (path.value.isBlank() || path.value.equals("-")) {
            throw path.wrong("the path of a file");
        }
        Setting name = setting(MetricsOptionTable.METRICS_FORMAT);
        Format format = name == null ? Format.JSONL : format(name);
        List<Label> chosen = labels(MetricsOptionTable.METRICS_LABEL);
        boolean hasLabels = format == Format.PROMETHEUS || format == Format.INFLUX;
        if (labels.containsKey(MetricsOptionTable.METRICS_LABEL) && !hasLabels) {
            throw UsageException.parameter(MetricsOptionTable.METRICS_LABEL + " needs "
                    + MetricsOptionTable.METRICS_FORMAT + " prometheus or influx");
        }
        return new File(path.value, format, hasLabels ? chosen : List.of());
    }

    private static Format format(Setting name) throws UsageException {
        return switch (name.value.strip()) {
            case "jsonl" -> Format.JSONL;
            case "prometheus" -> Format.PROMETHEUS;
            case "csv" -> Format.CSV;
            case "influx" -> Format.INFLUX;
            default -> throw name.wrong("jsonl, prometheus, csv or influx");
        };
    }

    private Names names(@Nullable Push push, @Nullable File file, @Nullable Listen listen) throws UsageException {
        boolean hasTarget = push != null || (file != null && file.format() == Format.PROMETHEUS);
        for (Option option : List.of(MetricsOptionTable.METRICS_PREFIX, MetricsOptionTable.METRICS_NAMES)) {
            if (given.containsKey(option) && !hasTarget) {
                throw UsageException.parameter(option + " needs " + MetricsOptionTable.PUSH_URL + ", or "
                        + MetricsOptionTable.METRICS_FILE
                        + " with " + MetricsOptionTable.METRICS_FORMAT + " prometheus"
                        + (listen == null
                                ? ""
                                : "; metrics read from " + MetricsOptionTable.METRICS_LISTEN + " have Pitot's names"));
            }
        }
        Setting style = setting(MetricsOptionTable.METRICS_NAMES);
        boolean isOfOthers = style != null && style.value.equals("iperf3-rs");
        if (style != null && !isOfOthers && !style.value.equals("pitot")) {
            throw style.wrong("pitot or iperf3-rs");
        }
        Setting prefix = setting(MetricsOptionTable.METRICS_PREFIX);
        if (given.containsKey(MetricsOptionTable.METRICS_PREFIX) && !isOfOthers) {
            throw UsageException.parameter(MetricsOptionTable.METRICS_PREFIX + " needs "
                    + MetricsOptionTable.METRICS_NAMES + " iperf3-rs: Pitot's own names always begin with pitot_");
        }
        return new Names(
                isOfOthers ? Names.Style.IPERF3_RS : Names.Style.PITOT,
                prefix == null || !isOfOthers ? null : prefix.value);
    }

    /// `[ADDRESS]:PORT`, or just the port.
    private @Nullable Listen listen() throws UsageException {
        Setting listen = setting(MetricsOptionTable.METRICS_LISTEN);
        if (listen == null) {
            return null;
        }
        int colon = listen.value.lastIndexOf(':');
        String host = colon < 0 ? "" : listen.value.substring(0, colon);
        String port = listen.value.substring(colon + 1);
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        boolean isHost = isBracketed || (host.indexOf(':') < 0 && host.indexOf('[') < 0);
        if (!isHost || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT) {
            throw listen.wrong("ADDRESS:PORT, like 127.0.0.1:9100, [::1]:9100 or :9100,");
        }
        return new Listen(isBracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    /// Returns the command line's value, otherwise the variable's.
    private @Nullable Setting setting(Option option) {
        String value = given.get(option);
        if (value != null) {
            return new Setting(option.toString(), value);
        }
        String name = variable(option);
        String other = environment.value(name);
        return other == null || other.isBlank() ? null : new Setting(name, other);
    }

    static String variable(Option option) {
        boolean isList = option == MetricsOptionTable.PUSH_LABEL || option == MetricsOptionTable.METRICS_LABEL;
        String name = option.names().getFirst().replace('.', '_').replace('-', '_');
        return "IPERF3_" + name.toUpperCase(Locale.ROOT) + (isList ? "S" : "");
    }

    /// Rejects options of a target that was not given. Variables are ignored, as they may be set for
    /// other runs.
    private void refuseWithout(Option target, List<Option> options) throws UsageException {
        for (Option option : options) {
            if (given.containsKey(option) || labels.containsKey(option)) {
                throw UsageException.parameter(option + " needs " + target);
            }
        }
    }

    private @Nullable Duration length(Option option, @Nullable Duration usual) throws UsageException {
        Setting length = setting(option);
        if (length == null) {
            return usual;
        }
        Matcher parts = LENGTH.matcher(length.value.strip());
        if (!parts.matches()) {
            throw length.wrong("a time like 500ms, 10s, 1.5m or 1h");
        }
        double seconds = Double.parseDouble(parts.group(1)) * SECONDS.getOrDefault(parts.group(2), 1.0);
        Duration value = Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
        if (value.isZero()) {
            throw length.wrong("a time above 0");
        }
        return value;
    }

    private boolean yesOrNo(Option option) throws UsageException {
        Setting answer = setting(option);
        if (answer == null) {
            return false;
        }
        String word = answer.value.strip().toLowerCase(Locale.ROOT);
        if (!YES.contains(word) && !NO.contains(word)) {
            throw answer.wrong("true or false");
        }
        return YES.contains(word);
    }

    /// Merges the labels: a label of the command line replaces the variable's label of the same name.
    private List<Label> labels(Option option) throws UsageException {
        String name = variable(option);
        String list = environment.value(name);
        Map<String, Label> chosen =
                labels(name, list == null || list.isBlank() ? List.of() : List.of(list.split(",", -1)));
        chosen.putAll(labels(option.toString(), labels.getOrDefault(option, List.of())));
        return List.copyOf(chosen.values());
    }

    private static Map<String, Label> labels(String source, List<String> texts) throws UsageException {
        Map<String, Label> labels = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new Setting(source, text).wrong("NAME=VALUE");
            }
            String name = text.substring(0, equals).strip();
            if (labels.put(name, new Label(name, text.substring(equals + 1))) != null) {
                throw UsageException.parameter("duplicate label '" + name + "' in " + source);
            }
        }
        return labels;
    }
}
