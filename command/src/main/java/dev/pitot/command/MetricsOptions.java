package dev.pitot.command;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Targets of live metrics besides the report. Any combination is allowed.
///
/// @param push Pushgateway (`--push.*`), or null for none
/// @param file metrics file (`--metrics.file`), or null for none
/// @param names metric names for Prometheus
/// @param listen address of the page for Prometheus (`--metrics.listen`), or null for none
public record MetricsOptions(
        @Nullable Push push,
        @Nullable File file,
        Names names,
        @Nullable Listen listen) {
    /// No targets: the report only.
    public static final MetricsOptions NONE = new MetricsOptions(null, null, new Names(Names.Style.PITOT, null), null);

    /// True if there is no target.
    public boolean isEmpty() {
        return push == null && file == null && listen == null;
    }

    /// Label of every series.
    public record Label(String name, String value) {}

    /// A Pushgateway.
    ///
    /// @param url as given
    /// @param job first label of the group
    /// @param labels other labels of the group, in order
    /// @param pace when and how often to push
    /// @param userAgent User-Agent of the requests, or null for the default
    /// @param access authentication of both ends
    public record Push(
            String url,
            String job,
            List<Label> labels,
            Pace pace,
            @Nullable String userAgent,
            Access access) {
        public Push {
            labels = List.copyOf(labels);
        }
    }

    /// Timing of pushes.
    ///
    /// @param window time that each push covers; null for every report interval
    /// @param timeout of one request, more than 0
    /// @param retries of a failed push, 0..10
    /// @param deleteOnExit true to delete the group at the end
    public record Pace(@Nullable Duration window, Duration timeout, int retries, boolean deleteOnExit) {}

    /// Authentication of both ends of a push.
    ///
    /// @param caFile PEM file with the CA certificates to trust; null for the system's
    /// @param token bearer token, or null
    /// @param user name for basic authentication, or null
    /// @param password for basic authentication; null without a user
    public record Access(
            @Nullable String caFile,
            @Nullable String token,
            @Nullable String user,
            @Nullable String password) {
        /// Omits secrets.
        @Override
        public String toString() {
            return "Access[caFile=" + caFile + ", user=" + user + "]";
        }
    }

    /// A metrics file.
    ///
    /// @param labels of every series, in order
    public record File(String path, Format format, List<Label> labels) {
        public File {
            labels = List.copyOf(labels);
        }
    }

    /// Format of a metrics file.
    public enum Format {
        /// One JSON object per line.
        JSONL,
        /// The newest values only, for Prometheus' node exporter.
        PROMETHEUS,
        /// One row per interval and direction.
        CSV,
        /// InfluxDB's line protocol.
        INFLUX
    }

    /// Metric names for Prometheus.
    ///
    /// @param prefix for iperf3-rs' names, or null for `iperf3`
    public record Names(Style style, @Nullable String prefix) {
        /// Naming scheme.
        public enum Style {
            PITOT,
            IPERF3_RS
        }
    }

    /// Address to listen on.
    ///
    /// @param host empty for every address
    /// @param port 0..65535; 0 means a free port chosen by the system
    public record Listen(String host, int port) {}
}
