package dev.pitot.cli.metrics;

import dev.pitot.command.MetricsOptions;
import dev.pitot.command.MetricsOptions.Names.Style;
import dev.pitot.command.file.FileErrorText;
import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.metrics.push.PushConfig;
import dev.pitot.metrics.push.PushCredentials;
import dev.pitot.metrics.push.PushDelivery;
import dev.pitot.metrics.push.PushGroup;
import dev.pitot.metrics.push.PushSecurity;
import dev.pitot.model.text.SystemPath;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/// Converts the command line's Pushgateway options to the sink's configuration.
final class PushConfigFactory {
    private PushConfigFactory() {}

    /// @throws IllegalArgumentException with a message for users, if a value is invalid
    /// @throws IOException with a message for users, if the CA certificates cannot be read
    static PushConfig config(MetricsOptions.Push push, MetricsOptions.Names names, String version) throws IOException {
        // the Pushgateway rejects a slash encoded as %2F
        LabelSet labels = MetricNaming.labels(push.labels());
        if (names.style() == Style.PITOT) {
            LiveMetrics.refuseOwn(labels);
        }
        var group = new PushGroup(push.job(), labels, PushGroup.Slashes.BASE64);
        String userAgent = push.userAgent();
        var delivery = new PushDelivery(
                push.pace().timeout(),
                push.pace().retries(),
                userAgent == null ? "pitot/" + version : userAgent.strip());
        var security = new PushSecurity(
                credentials(push.access()), authority(push.access().caFile()), null);
        return new PushConfig(
                PushConfig.parseEndpoint(push.url()),
                group,
                delivery,
                security,
                push.pace().deleteOnExit());
    }

    private static PushCredentials credentials(MetricsOptions.Access access) {
        String token = access.token();
        if (token != null) {
            return new PushCredentials.Bearer(token);
        }
        String user = access.user();
        String password = access.password();
        return user == null || password == null
                ? new PushCredentials.None()
                : new PushCredentials.Basic(user, password);
    }

    private static @Nullable String authority(@Nullable String file) throws IOException {
        if (file == null) {
            return null;
        }
        try {
            return Files.readString(SystemPath.of(file));
        } catch (IOException e) {
            throw new IOException("cannot read " + file + " (--push.ca): " + FileErrorText.of(e), e);
        }
    }
}
