package dev.pitot.lab.process;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose process it is. Becomes the name of a file on the node, so that a later session finds
/// what an earlier one has left there. Several nodes may share one machine: each takes only its
/// own.
///
/// @param session which session started it
/// @param node on which node, by name
/// @param role what it does there, such as `server`
public record ProcessTag(String session, String node, String role) {
    private static final String PREFIX = "pitot-lab-";
    private static final String SUFFIX = ".pid";
    private static final String SEPARATOR = "-";
    private static final int PARTS = 3;
    private static final int MAX_CODED = 70; // three of them and the rest stay below 255, the longest file name

    /// @throws IllegalArgumentException if a part is empty or too long for a file's name
    public ProcessTag {
        for (String part : List.of(session, node, role)) {
            if (part.isEmpty()) {
                throw new IllegalArgumentException("a part of a mark is empty: '" + session + "', '" + node + "', '"
                        + role + "': give each a name");
            }
            if (coded(part).length() > MAX_CODED) {
                throw new IllegalArgumentException("'" + part + "' is too long for a file's name: shorten it to "
                        + MAX_CODED + " letters and digits");
            }
        }
    }

    /// The name of the file: letters, digits, `.`, `_` and `-` only.
    String fileName() {
        return PREFIX + coded(session) + SEPARATOR + coded(node) + SEPARATOR + coded(role) + SUFFIX;
    }

    /// What the variable `PITOT_LAB_TAG` holds in the environment of the processes: no tag is the
    /// beginning of another.
    String tag() {
        return coded(session) + SEPARATOR + coded(node) + SEPARATOR + coded(role) + SEPARATOR;
    }

    /// The mark that a file's name holds.
    ///
    /// @return null if it is not such a file
    static @Nullable ProcessTag ofFileName(String name) {
        if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX) || name.length() <= PREFIX.length() + SUFFIX.length()) {
            return null;
        }
        List<String> parts = List.of(
                name.substring(PREFIX.length(), name.length() - SUFFIX.length()).split(SEPARATOR, -1));
        if (parts.size() != PARTS) {
            return null;
        }
        try {
            return new ProcessTag(decoded(parts.get(0)), decoded(parts.get(1)), decoded(parts.get(2)));
        } catch (IllegalArgumentException _) { // somebody else's file
            return null;
        }
    }

    /// Letters, digits and dots as they are, every other byte of UTF-8 as `_` and two hexadecimal
    /// digits: different names stay different, and none has the separator.
    static String coded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8)
                .replace("_", "%5F")
                .replace("-", "%2D")
                .replace("*", "%2A")
                .replace("+", "%20")
                .replace('%', '_');
    }

    private static String decoded(String coded) {
        return URLDecoder.decode(coded.replace("+", "%2B").replace('_', '%'), StandardCharsets.UTF_8);
    }
}
