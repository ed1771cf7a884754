package dev.pitot.cli.probe;

import dev.pitot.output.json.JsonObjectWriter;
import dev.pitot.probe.rpm.RpmCategory;
import dev.pitot.probe.rpm.RpmOptions;
import dev.pitot.probe.rpm.RpmProgress;
import dev.pitot.probe.rpm.RpmResult;
import dev.pitot.probe.rpm.RpmScore;
import dev.pitot.probe.rpm.RpmTerms;
import dev.pitot.probe.rpm.RpmUrls;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The output of `pitot rpm`.
final class RpmReport {
    private static final double BITS_PER_MEGABIT = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String UNKNOWN = "unknown";

    private RpmReport() {}

    static String line(RpmProgress progress) {
        return String.format(
                Locale.ROOT,
                "%-8s %5.1f s  %2d connections  %9.2f Mbit/s  %s RPM\n",
                name(progress.direction()),
                seconds(progress.elapsed()),
                progress.connections(),
                progress.bitsPerSecond() / BITS_PER_MEGABIT,
                rounded(progress.rpm()));
    }

    static String text(RpmResult result, RpmOptions options) {
        var text = new StringBuilder();
        text.append(RpmResult.DRAFT)
                .append(String.format(
                        Locale.ROOT,
                        ", interval %s s, MAD %d\n",
                        seconds(options.interval()),
                        options.stability().distance()));
        RpmTerms idle = result.idle();
        if (idle != null) {
            text.append(
                    String.format(Locale.ROOT, "idle      foreign %s, self %s\n", foreign(idle), millis(idle.self())));
        }
        for (RpmScore score : result.scores()) {
            text.append(text(score, idle));
        }
        return text.toString();
    }

    private static String text(RpmScore score, @Nullable RpmTerms idle) {
        RpmTerms terms = score.terms();
        String indent = " ".repeat(10);
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-9s %s, confidence %s; goodput %s, confidence %s, %d connections, %.1f s\n",
                name(score.direction()),
                rpm(score),
                name(score.confidence()),
                goodput(score.goodput()),
                name(score.goodput().confidence()),
                score.load().connections(),
                seconds(score.load().length())));
        text.append(indent)
                .append(String.format(
                        Locale.ROOT,
                        "foreign %s RPM: %s, %d probes\n",
                        rounded(terms.foreign()),
                        foreign(terms),
                        terms.counts().foreign()));
        text.append(indent)
                .append(String.format(
                        Locale.ROOT,
                        "self    %s RPM: %s, %d probes\n",
                        rounded(terms.loaded()),
                        millis(terms.self()),
                        terms.counts().self()));
        if (idle != null) {
            text.append(indent)
                    .append(String.format(
                            Locale.ROOT,
                            "rise over idle: foreign %s, self %s\n",
                            millis(rise(terms.foreignMillis(), idle.foreignMillis())),
                            millis(rise(terms.self(), idle.self()))));
        }
        return text.toString();
    }

    private static String rpm(RpmScore score) {
        Double rpm = score.terms().rpm();
        if (rpm != null) {
            return String.format(Locale.ROOT, "%.0f RPM, %s", rpm, name(RpmCategory.of(rpm)));
        }
        return score.load().areMultiplexed()
                ? "RPM unknown (too few probes were answered)"
                : "RPM not measurable (the server speaks HTTP/1.1 only: no probe can share a connection with the load)";
    }

    private static String goodput(RpmScore.Goodput goodput) {
        Double down = goodput.download();
        Double up = goodput.upload();
        if (down != null && up != null) {
            return megabits(down) + " down, " + megabits(up) + " up";
        }
        return down != null ? megabits(down) : up != null ? megabits(up) : UNKNOWN;
    }

    private static String megabits(double bitsPerSecond) {
        return String.format(Locale.ROOT, "%.2f Mbit/s", bitsPerSecond / BITS_PER_MEGABIT);
    }

    /// Returns the foreign time and its parts.
    private static String foreign(RpmTerms terms) {
        return terms.foreignMillis() == null
                ? UNKNOWN
                : String.format(
                        Locale.ROOT,
                        "%s (TCP %s, TLS %s, HTTP %s)",
                        millis(terms.foreignMillis()),
                        millis(terms.tcp()),
                        terms.tls() == null ? "none" : millis(terms.tls()),
                        millis(terms.http()));
    }

    private static @Nullable Double rise(@Nullable Double loaded, @Nullable Double idle) {
        return loaded == null || idle == null ? null : loaded - idle;
    }

    private static String millis(@Nullable Double millis) {
        return millis == null ? UNKNOWN : String.format(Locale.ROOT, "%.1f ms", millis);
    }

    private static String rounded(@Nullable Double rpm) {
        return rpm == null ? UNKNOWN : String.format(Locale.ROOT, "%.0f", rpm);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS_PER_SECOND;
    }

    static JsonObjectWriter json(RpmResult result, RpmOptions options) {
        RpmUrls urls = result.urls();
        RpmTerms idle = result.idle();
        return new JsonObjectWriter()
                .put("command", "rpm")
                .put("draft", RpmResult.DRAFT)
                .put("interval_seconds", seconds(options.interval()))
                .put("moving_average_intervals", options.stability().distance())
                .put("large_download_url", urls == null ? null : urls.large())
                .put("small_download_url", urls == null ? null : urls.small())
                .put("upload_url", urls == null ? null : urls.upload())
                .put("idle", idle == null ? null : json(idle))
                .put(
                        "scores",
                        result.scores().stream().map(score -> json(score, idle)).toList())
                .put("broken_off", result.brokenOff())
                .put("cancelled", result.isCancelled());
    }

    private static JsonObjectWriter json(RpmScore score, @Nullable RpmTerms idle) {
        RpmTerms terms = score.terms();
        Double rpm = terms.rpm();
        return new JsonObjectWriter()
                .put("direction", name(score.direction()))
                .put("rpm", rpm)
                .put("category", rpm == null ? null : name(RpmCategory.of(rpm)))
                .put("confidence", name(score.confidence()))
                .put("foreign_rpm", terms.foreign())
                .put("self_rpm", terms.loaded())
                .put("loaded", json(terms))
                .put("foreign_rise_ms", idle == null ? null : rise(terms.foreignMillis(), idle.foreignMillis()))
                .put("self_rise_ms", idle == null ? null : rise(terms.self(), idle.self()))
                .put("download_bits_per_second", score.goodput().download())
                .put("upload_bits_per_second", score.goodput().upload())
                .put("goodput_confidence", name(score.goodput().confidence()))
                .put("connections", score.load().connections())
                .put("seconds", seconds(score.load().length()))
                .put("multiplexed", score.load().areMultiplexed());
    }

    private static JsonObjectWriter json(RpmTerms terms) {
        return new JsonObjectWriter()
                .put("foreign_ms", terms.foreignMillis())
                .put("tcp_ms", terms.tcp())
                .put("tls_ms", terms.tls())
                .put("http_ms", terms.http())
                .put("self_ms", terms.self())
                .put("foreign_probes", terms.counts().foreign())
                .put("self_probes", terms.counts().self());
    }
}
