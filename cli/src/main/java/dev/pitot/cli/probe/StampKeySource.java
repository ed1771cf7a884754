package dev.pitot.cli.probe;

import dev.pitot.command.Environment;
import dev.pitot.command.file.FileErrorText;
import dev.pitot.model.text.SystemPath;
import dev.pitot.probe.stamp.StampKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Where the key of the authenticated mode comes from: a file or the environment, never the command line,
/// which every user of a machine can see. It is text, or `hex:` and hexadecimal digits.
final class StampKeySource {
    static final String VARIABLE = "PITOT_STAMP_KEY";

    private static final String HEX = "hex:";
    private static final int MAX_BYTES = 4096;

    private StampKeySource() {}

    /// Returns the key; null if there is none.
    ///
    /// @param file that has it in its first line; null for the environment
    /// @throws IOException with a sentence that shows nothing of the key, if it cannot be used
    static @Nullable StampKey read(@Nullable String file, Environment environment) throws IOException {
        if (file != null) {
            return key(firstLine(file), "the file " + file);
        }
        String value = environment.value(VARIABLE);
        return value == null ? null : key(value.getBytes(StandardCharsets.UTF_8), "the variable " + VARIABLE);
    }

    private static StampKey key(byte[] text, String source) throws IOException {
        try {
            boolean isHex = new String(text, StandardCharsets.ISO_8859_1).startsWith(HEX);
            return StampKey.of(isHex ? hex(text) : text);
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot use the key of " + source + ": " + e.getMessage(), e);
        }
    }

    private static byte[] hex(byte[] text) {
        String digits = new String(text, HEX.length(), text.length - HEX.length(), StandardCharsets.ISO_8859_1);
        try {
            return HexFormat.of().parseHex(digits.strip());
        } catch (IllegalArgumentException _) { // its message shows digits of the key
            throw new IllegalArgumentException("after hex: there must be pairs of hexadecimal digits");
        }
    }

    private static byte[] firstLine(String file) throws IOException {
        try (InputStream in = Files.newInputStream(SystemPath.of(file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            int end = 0;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            return Arrays.copyOf(bytes, end);
        } catch (IOException | InvalidPathException e) {
            String reason = e instanceof IOException failure ? FileErrorText.of(failure) : e.getMessage();
            throw new IOException("cannot read " + file + ": " + reason, e);
        }
    }
}
