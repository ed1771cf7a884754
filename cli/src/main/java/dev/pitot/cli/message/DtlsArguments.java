package dev.pitot.cli.message;

import dev.pitot.command.file.FileErrorText;
import dev.pitot.message.Protection;
import dev.pitot.message.dtls.Fingerprint;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import dev.pitot.model.text.SystemPath;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// Reads the options of DTLS from the command line of `pitot message`, and the files that they name.
final class DtlsArguments {
    private DtlsArguments() {}

    /// Returns the protection that the options ask for; null if none of them is given.
    ///
    /// @throws IllegalArgumentException with a sentence that shows nothing of the key, if they do not fit
    ///     each other, or a file does not contain what it must
    static Protection.@Nullable Dtls read(ParseResult found, boolean isServer) {
        String certificate = value(found, MessageOptions.TLS_CERTIFICATE);
        String key = value(found, MessageOptions.TLS_KEY);
        String pin = value(found, MessageOptions.TLS_PIN);
        String authority = value(found, MessageOptions.TLS_AUTHORITY);
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("--tls-certificate and --tls-key belong together: give both");
        }
        if (pin != null && authority != null) {
            throw new IllegalArgumentException("--tls-pin and --tls-authority exclude each other: give one of them");
        }
        if (certificate == null && pin == null && authority == null) {
            return null;
        }
        if (isServer && certificate == null) {
            throw new IllegalArgumentException("a server with DTLS needs --tls-certificate and --tls-key");
        }
        if (!isServer && pin == null && authority == null) {
            throw new IllegalArgumentException(
                    "--tls-pin or --tls-authority is needed, or the server could be anybody");
        }
        Identity identity = certificate == null || key == null ? null : Identity.fromPem(text(certificate), text(key));
        return new Protection.Dtls(identity, trust(pin, authority));
    }

    private static Trust trust(@Nullable String pin, @Nullable String authority) {
        if (pin != null) {
            return new Trust.Pins(Set.of(Fingerprint.parse(pin)));
        }
        return authority == null ? new Trust.NoClientAuthentication() : Trust.Authorities.fromPem(text(authority));
    }

    private static @Nullable String value(ParseResult found, String option) {
        return found.matchedOptionValue(option, (String) null);
    }

    private static String text(String file) {
        try {
            return Files.readString(SystemPath.of(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + FileErrorText.of(e), e);
        }
    }
}
