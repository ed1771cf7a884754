package dev.pitot.command;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where live figures go besides the report. Each target is used together with any other.
///
/// @param push a Pushgateway that gets them (`--push.*`), or null for none
/// @param file a file that takes them (`--metrics.file`), or null for none
/// @param names what Prometheus calls them
/// @param listen where Prometheus may read them (`--metrics.listen`), or null for nowhere
public record MetricsOptions(
        @Nullable Push push,
        @Nullable File file,
        Names names,
        @Nullable Listen listen) {
    /// Nothing but the report.
    public static final MetricsOptions NONE = new MetricsOptions(null, null, new Names(Names.Style.PITOT, null), null);

    /// Whether figures go anywhere.
    public boolean isEmpty() {
        return push == null && file == null && listen == null;
    }

    /// One label of every series.
    public record Label(String name, String value) {}

    /// A Pushgateway.
    ///
    /// @param url as given
    /// @param job the group's first label
    /// @param labels the group's others, in order
    /// @param pace when and how often
    /// @param userAgent what the requests call themselves, or null for the default
    /// @param access what proves who each end is
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

    /// When and how often something is pushed.
    ///
    /// @param window how much each push gathers; null for every report interval
    /// @param timeout of one request, more than 0
    /// @param retries of a push that failed, 0..10
    /// @param deleteOnExit whether the group is taken away at the end
    public record Pace(@Nullable Duration window, Duration timeout, int retries, boolean deleteOnExit) {}

    /// What proves who each end of a push is.
    ///
    /// @param caFile PEM file with the authorities to trust instead of the system's; null for
    ///     those
    /// @param token bearer token, or null
    /// @param user name for basic authentication, or null
    /// @param password for basic authentication; null without a user
    public record Access(
            @Nullable String caFile,
            @Nullable String token,
            @Nullable String user,
            @Nullable String password) {
        /// Names no secret.
        @Override
        public String toString() {
            return "Access[caFile=" + caFile + ", user=" + user + "]";
        }
    }

    /// A file of figures.
    ///
    /// @param labels of every series, in order
    public record File(String path, Format format, List<Label> labels) {
        public File {
            labels = List.copyOf(labels);
        }
    }

    /// The language of a file.
    public enum Format {
        /// One JSON object in each line.
        JSONL,
        /// The newest figures only, for Prometheus' node exporter.
        PROMETHEUS,
        /// One row for each interval and direction.
        CSV,
        /// InfluxDB's line protocol.
        INFLUX
    }

    /// What Prometheus calls the figures.
    ///
    /// @param prefix of iperf3-rs' names, or null for `iperf3`
    public record Names(Style style, @Nullable String prefix) {
        /// Whose names.
        public enum Style {
            PITOT,
            IPERF3_RS
        }
    }

    /// An address to listen at.
    ///
    /// @param host empty for every address
    /// @param port 0..65535; 0 lets the system choose
    public record Listen(String host, int port) {}
}
