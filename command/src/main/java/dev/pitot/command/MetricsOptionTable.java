package dev.pitot.command;

import java.util.ArrayList;
import java.util.List;

/// Options for live metrics, all of them Pitot's own. [MetricsOptionsBuilder] reads them, since each
/// has an environment variable as its default.
final class MetricsOptionTable {
    static final Option METRICS_LISTEN = row(
            Option.both("metrics.listen").value(" [addr]:port"),
            "serve the metrics to Prometheus at http://addr:port/metrics");
    static final Option METRICS_FILE = row(Option.both("metrics.file").file(" <file>"), "write the metrics to a file");
    static final Option METRICS_FORMAT = row(
            Option.both("metrics.format").choice(" <format>", "jsonl csv influx prometheus"),
            "format of the file: jsonl (default), csv, influx, or prometheus (newest values only)");
    static final Option METRICS_LABEL = row(
            Option.both("metrics.label").value(" name=value"), "label of each series in the file (may be repeated)");
    static final Option METRICS_NAMES = row(
            Option.both("metrics.names").choice(" <whose>", "pitot iperf3-rs"),
            "names of the metrics in Prometheus files and pushes: those of pitot (default) or iperf3-rs");
    static final Option METRICS_PREFIX =
            row(Option.both("metrics.prefix").value(" <prefix>"), "prefix of iperf3-rs' names (default iperf3)");

    static final Option PUSH_URL = row(Option.both("push.url").value(" <url>"), "push the metrics to this Pushgateway");
    static final Option PUSH_INTERVAL = row(
            Option.both("push.interval").value(" <time>"),
            "time that each push covers (500ms, 10s, 1.5m, 1h; default: -i)");
    static final Option PUSH_JOB = row(Option.both("push.job").value(" <name>"), "job label (default iperf3)");
    static final Option PUSH_LABEL =
            row(Option.both("push.label").value(" name=value"), "additional label of the group (may be repeated)");
    static final Option PUSH_TIMEOUT =
            row(Option.both("push.timeout").value(" <time>"), "timeout of one request (default 5s)");
    static final Option PUSH_RETRIES =
            row(Option.both("push.retries").value(" #"), "retries of a failed push, 0 to 10 (default 0)");
    static final Option PUSH_USER_AGENT =
            row(Option.both("push.user-agent").value(" <name>"), "User-Agent header of the requests");
    static final Option PUSH_DELETE_ON_EXIT =
            row(Option.both("push.delete-on-exit").optional("[=true|false]"), "delete the group at the end");
    static final Option PUSH_CA = row(
            Option.both("push.ca").file(" <file>"),
            "PEM file with the CA certificates to trust instead of the system's");
    static final Option PUSH_TOKEN_FILE =
            row(Option.both("push.token-file").file(" <file>"), "bearer token, in the first line of a file");
    static final Option PUSH_USER = row(
            Option.both("push.user").value(" <name>"), "user name for basic authentication, with --push.password-file");
    static final Option PUSH_PASSWORD_FILE = row(
            Option.both("push.password-file").file(" <file>"), "password for --push.user, in the first line of a file");

    static final List<Option> OF_PUSHES = List.of(
            PUSH_URL,
            PUSH_INTERVAL,
            PUSH_JOB,
            PUSH_LABEL,
            PUSH_TIMEOUT,
            PUSH_RETRIES,
            PUSH_USER_AGENT,
            PUSH_DELETE_ON_EXIT,
            PUSH_CA,
            PUSH_TOKEN_FILE,
            PUSH_USER,
            PUSH_PASSWORD_FILE);

    static final List<Option> ROWS = rows();

    private MetricsOptionTable() {}

    private static Option row(Option.Builder row, String help) {
        return row.help(help).sets((request, given) -> request.metrics().accept(given.option(), given.value()));
    }

    private static List<Option> rows() {
        List<Option> rows = new ArrayList<>(
                List.of(METRICS_LISTEN, METRICS_FILE, METRICS_FORMAT, METRICS_LABEL, METRICS_NAMES, METRICS_PREFIX));
        rows.addAll(OF_PUSHES);
        return List.copyOf(rows);
    }
}
