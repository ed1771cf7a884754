package dev.pitot.wire.auth;

import dev.pitot.model.text.SurrogateEscape;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/// A list of users as text (`--authorized-users-path`; iperf_auth.c: check_authentication): one
/// `name,hash` a line, see [PasswordHash]. Lines that are empty, start with `#` or have no comma
/// do not count, nor does what follows a carriage return or a second comma. A name may stand in
/// several lines; each of its passwords is good.
public final class UsersText {
    private UsersText() {}

    /// Whether a user is in the list with this hash. Takes as long wherever the user stands, and
    /// for a hash that is almost right as for any other.
    ///
    /// @param csv the whole list
    public static boolean knows(String csv, String user, String hash) {
        byte[] wanted = bytes(user + "," + hash); // no field of a line has a comma, so none can be mistaken
        boolean isKnown = false;
        for (String line : csv.split("\n", -1)) {
            List<String> fields = fields(line);
            if (fields.size() > 1) {
                isKnown |= MessageDigest.isEqual(bytes(fields.get(0) + "," + fields.get(1)), wanted);
            }
        }
        return isKnown;
    }

    /// As C's strtok: any number of commas parts two fields, and those before the first do not
    /// count.
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
