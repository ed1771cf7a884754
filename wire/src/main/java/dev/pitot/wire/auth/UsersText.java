package dev.pitot.wire.auth;

import dev.pitot.model.text.SurrogateEscape;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/// List of users as text (`--authorized-users-path`; iperf_auth.c: check_authentication): one
/// `name,hash` per line, see [PasswordHash]. Lines that are empty, start with `#` or have no comma
/// are ignored, as is anything after a carriage return or a second comma. A name may occur in
/// several lines; each of its passwords is valid.
public final class UsersText {
    private UsersText() {}

    /// True if the list contains the user with this hash. The time depends neither on the position
    /// of the user nor on how much of the hash matches.
    ///
    /// @param csv the whole list
    public static boolean knows(String csv, String user, String hash) {
        byte[] wanted = bytes(user + "," + hash); // a field contains no comma, so the pair is unambiguous
        boolean isKnown = false;
        for (String line : csv.split("\n", -1)) {
            List<String> fields = fields(line);
            if (fields.size() > 1) {
                isKnown |= MessageDigest.isEqual(bytes(fields.get(0) + "," + fields.get(1)), wanted);
            }
        }
        return isKnown;
    }

    /// Splits like C's strtok: any number of commas separates two fields, and leading commas are
    /// skipped.
    private static List<String> fields(String line) {
        int end = line.indexOf('\r');
        String text = end < 0 ? line : line.substring(0, end);
        if (text.startsWith("#")) {
            return List.of();
        }
        return Arrays.stream(text.split(",", -1))
                .filter(field -> !field.isEmpty())
                .toList();
    }

    private static byte[] bytes(String text) {
        return SurrogateEscape.encode(text);
    }
}
