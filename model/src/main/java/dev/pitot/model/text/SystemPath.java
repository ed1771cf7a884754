package dev.pitot.model.text;

import java.io.File;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Paths whose names are the exact bytes of a text, whatever the locale. [Path#of] accepts only
/// characters of the locale's character set, which in the locales C and POSIX is ASCII; escapes in
/// a URI are always bytes.
public final class SystemPath {
    private static final Path WORKING_DIRECTORY = Path.of("/proc/self/cwd"); // proc(5)
    private static final Charset OF_NAMES =
            Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);
    private static final String UNRESERVED = "-._~/"; // RFC 3986, section 2.3, and the separator

    private SystemPath() {}

    /// Returns the path of a file name.
    ///
    /// @param name bytes as decoded by [SurrogateEscape]
    /// @throws java.nio.file.InvalidPathException if the name is invalid on this system
    public static Path of(String name) {
        if (File.separatorChar != '/' || name.isEmpty() || name.indexOf('\0') >= 0 || isSafe(name)) {
            return Path.of(name);
        }
        if (name.startsWith("/")) {
            return ofBytes(name);
        }
        // Java's own copy of the working directory has lost these bytes too.
        return Files.exists(WORKING_DIRECTORY) ? ofBytes(WORKING_DIRECTORY + "/" + name) : Path.of(name);
    }

    /// True if [Path#of] keeps the name unchanged.
    private static boolean isSafe(String name) {
        boolean isRelative = !name.startsWith("/");
        return isKept(name) && (!isRelative || isKept(System.getProperty("user.dir", "")));
    }

    private static boolean isKept(String text) {
        return text.chars().allMatch(c -> c < 0x80)
                || (OF_NAMES.equals(StandardCharsets.UTF_8)
                        && text.indexOf('\ufffd') < 0
                        && !SurrogateEscape.isIn(text));
    }

    private static Path ofBytes(String absolute) {
        var escaped = new StringBuilder("file://");
        for (byte octet : SurrogateEscape.encode(absolute)) {
            char c = (char) Byte.toUnsignedInt(octet);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                escaped.append(c);
            } else {
                escaped.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return Path.of(URI.create(escaped.toString()));
    }
}
