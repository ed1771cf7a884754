package dev.pitot.cli.probe;

import static dev.pitot.cli.run.PicocliOptions.flag;
import static dev.pitot.cli.run.PicocliOptions.text;

import dev.pitot.cli.run.PicocliOptions;
import dev.pitot.command.file.FileErrorText;
import dev.pitot.model.text.ErrorText;
import dev.pitot.model.text.SystemPath;
import dev.pitot.probe.rpm.RpmOptions;
import dev.pitot.probe.rpm.RpmTarget;
import dev.pitot.probe.rpm.RpmUrls;
import dev.pitot.probe.rpm.TlsTrust;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The command line of `pitot rpm`, as [PicocliOptions] describes it.
final class RpmArguments {
    private static final String TARGET_NEEDED =
            "the server is missing: the URL of its configuration, or --large, --small and --upload, is needed";
    private static final String LARGE = "--large";
    private static final String SMALL = "--small";
    private static final String UPLOAD = "--upload";
    private static final String BOTH = "--both";
    private static final String INTERVAL = "--interval";
    private static final String LIMIT = "--time-limit";
    private static final String CONNECTIONS = "--connections";
    private static final String INSECURE = "--insecure";
    private static final String AUTHORITY = "--cacert";
    private static final String JSON = "--json";
    private static final int MAX_CONNECTIONS = 64; // as RpmOptions.LoadPlan
    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private static final Pattern TIME = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,9})?)(ms|s|m|)");
    private static final Map<String, BigDecimal> SECONDS_OF_UNIT =
            Map.of("", BigDecimal.ONE, "s", BigDecimal.ONE, "ms", new BigDecimal("0.001"), "m", BigDecimal.valueOf(60));

    private RpmArguments() {}

    /// Describes the command.
    static CommandSpec spec() {
        CommandSpec spec = PicocliOptions.command(
                "pitot rpm",
                "Measures responsiveness under load, in round trips per minute (RPM), against a server of the IETF's"
                        + " draft (draft-ietf-ippm-responsiveness-09).");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("URL")
                .index("0")
                .arity("0..1")
                .required(false)
                .type(String.class)
                .description("the server's configuration; without a path it is at /.well-known/nq")
                .build());
        spec.addOption(text(LARGE, "URL", "instead of a configuration: large object, 8 GB or more"));
        spec.addOption(text(SMALL, "URL", "instead of a configuration: object of 1 byte"));
        spec.addOption(text(UPLOAD, "URL", "instead of a configuration: where uploads are discarded"));
        spec.addOption(flag(BOTH, "load both directions at once: one score instead of two"));
        spec.addOption(text(
                INTERVAL,
                "TIME",
                "time between two looks at stability, in seconds or like 500ms (default 1; the draft: 5)"));
        spec.addOption(text(LIMIT, "TIME", "longest load of a direction, in seconds or like 1m (default 20)"));
        spec.addOption(text(CONNECTIONS, "COUNT", "most connections with load in a direction, 1 to 64 (default 16)"));
        spec.addOption(OptionSpec.builder("-k", INSECURE)
                .description("accept any certificate: anybody on the path can pretend to be the server")
                .build());
        spec.addOption(text(AUTHORITY, "FILE", "trust only the certificates in this file, in PEM"));
        spec.addOption(flag(JSON, "print one JSON object"));
        return spec;
    }

    /// Reads the arguments after `rpm`.
    ///
    /// @throws IllegalArgumentException with a sentence, if it asks for nothing that can be done
    /// @throws IOException with a sentence, if the file that it names cannot be used
    static RpmRequest read(List<String> args) throws IOException {
        ParseResult found = PicocliOptions.read(spec(), args, TARGET_NEEDED, TARGET_NEEDED);
        String help = PicocliOptions.help(found);
        if (help != null) {
            return new RpmRequest.Help(help);
        }
        return new RpmRequest.Run(target(found), trust(found), options(found), found.hasMatchedOption(JSON));
    }

    private static RpmTarget target(ParseResult found) {
        String config = found.matchedPositionalValue(0, null);
        String large = found.matchedOptionValue(LARGE, null);
        String small = found.matchedOptionValue(SMALL, null);
        String upload = found.matchedOptionValue(UPLOAD, null);
        boolean isDirect = large != null || small != null || upload != null;
        if (config != null && isDirect) {
            throw new IllegalArgumentException(
                    "the URL of a configuration and --large, --small and --upload exclude each other: give one of them");
        }
        if (config != null) {
            return new RpmTarget.Config(url(config));
        }
        if (large == null || small == null || upload == null) {
            throw new IllegalArgumentException(TARGET_NEEDED);
        }
        return new RpmTarget.Urls(new RpmUrls(url(large), url(small), url(upload)));
    }

    private static URI url(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid URL '" + text + "': https://HOST[:PORT][/PATH] is needed", e);
        }
    }

    private static TlsTrust trust(ParseResult found) throws IOException {
        String file = found.matchedOptionValue(AUTHORITY, null);
        if (found.hasMatchedOption(INSECURE)) {
            if (file != null) {
                throw new IllegalArgumentException(
                        INSECURE + " and " + AUTHORITY + " exclude each other: give one of them");
            }
            return TlsTrust.insecure();
        }
        return file == null ? TlsTrust.ofSystem() : authority(file);
    }

    private static TlsTrust authority(String file) throws IOException {
        byte[] pem;
        try (InputStream in = Files.newInputStream(SystemPath.of(file))) {
            pem = in.readNBytes(MAX_FILE_BYTES + 1);
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + FileErrorText.of(e), e);
        }
        if (pem.length > MAX_FILE_BYTES) {
            throw new IOException("cannot read " + file + ": it is larger than 1 MiB");
        }
        try {
            return TlsTrust.ofAuthorities(new String(pem, StandardCharsets.ISO_8859_1)); // PEM is ASCII
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "invalid file '" + file + "' for " + AUTHORITY + ": " + e.getMessage(), e);
        }
    }

    private static RpmOptions options(ParseResult found) {
        RpmOptions usual = RpmOptions.DEFAULT;
        Duration interval = time(found, INTERVAL, RpmOptions.MIN_INTERVAL, RpmOptions.MAX_INTERVAL);
        Duration limit = time(found, LIMIT, RpmOptions.MIN_LIMIT, RpmOptions.MAX_LIMIT);
        return usual.withBoth(found.hasMatchedOption(BOTH))
                .withInterval(interval == null ? usual.interval() : interval)
                .withLimit(limit == null ? usual.limit() : limit)
                .withLoad(new RpmOptions.LoadPlan(
                        usual.load().first(), usual.load().added(), connections(found)));
    }

    private static int connections(ParseResult found) {
        String text = found.matchedOptionValue(
                CONNECTIONS, String.valueOf(RpmOptions.DEFAULT.load().most()));
        int number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MAX_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "invalid value '" + text + "' for " + CONNECTIONS + ": 1 to " + MAX_CONNECTIONS + " is needed");
        }
        return number;
    }

    private static @Nullable Duration time(ParseResult found, String option, Duration min, Duration max) {
        String text = found.matchedOptionValue(option, null);
        if (text == null) {
            return null;
        }
        Matcher parts = TIME.matcher(text);
        if (parts.matches()) {
            BigDecimal seconds = new BigDecimal(parts.group(1)).multiply(SECONDS_OF_UNIT.get(parts.group(2)));
            var time = Duration.ofNanos(seconds.multiply(NANOS).longValue());
            if (time.compareTo(min) >= 0 && time.compareTo(max) <= 0) {
                return time;
            }
        }
        throw new IllegalArgumentException("invalid value '%s' for %s: %s to %s is needed"
                .formatted(text, option, ErrorText.of(min), ErrorText.of(max)));
    }
}
