package dev.pitot.cli.message;

import dev.pitot.command.file.FileErrorText;
import dev.pitot.message.Protection;
import dev.pitot.message.dtls.Fingerprint;
import dev.pitot.message.dtls.Identity;
import dev.pitot.message.dtls.Trust;
import dev.pitot.model.text.SystemPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// Reads the options of DTLS from the command line of `pitot message`, and the files that they name.
final class DtlsArguments {
    private static final int MAX_BYTES = 1 << 20; // many times a chain of certificates

    private DtlsArguments() {}

    /// Returns the protection that the options ask for; null if none of them is given.
    ///
    /// @throws IllegalArgumentException with a sentence, if they do not fit each other
    /// @throws IOException with a sentence that shows nothing of the key, if a file cannot be read or used
    static Protection.@Nullable Dtls read(ParseResult found, boolean isServer) throws IOException {
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
        Trust trust = trust(pin, authority);
        return new Protection.Dtls(certificate == null || key == null ? null : identity(certificate, key), trust);
    }

    private static Identity identity(String certificate, String key) throws IOException {
        String certificateText = text(certificate);
        String keyText = text(key);
        try {
            return Identity.fromPem(certificateText, keyText);
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot use " + certificate + " with the key " + key + ": " + e.getMessage(), e);
        }
    }

    private static Trust trust(@Nullable String pin, @Nullable String authority) throws IOException {
        if (pin != null) {
            return new Trust.Pins(Set.of(Fingerprint.parse(pin)));
        }
        if (authority == null) {
            return new Trust.NoClientAuthentication();
        }
        String text = text(authority);
        try {
            return Trust.Authorities.fromPem(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot use " + authority + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable String value(ParseResult found, String option) {
        return found.matchedOptionValue(option, (String) null);
    }

    /// Returns the text of a file; bytes that are not UTF-8 become something that is not PEM either.
    private static String text(String file) throws IOException {
        try (InputStream in = Files.newInputStream(SystemPath.of(file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length <= MAX_BYTES) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IOException | InvalidPathException e) {
            String reason = e instanceof IOException failure ? FileErrorText.of(failure) : e.getMessage();
            throw new IOException("cannot read " + file + ": " + reason, e);
        }
        throw new IOException("cannot read " + file + ": it is larger than 1 MiB");
    }
}
