package dev.pitot.testkit;

import dev.pitot.testkit.Golden.End;
import dev.pitot.testkit.Golden.Form;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parser for the text of one golden file. For one call, on one thread.
final class GoldenParser {
    private static final Pattern END = Pattern.compile("(?m)^== (client|server): ");
    private static final Pattern FIELDS =
            Pattern.compile("(?s)(.*?)\\n== exit: (-?\\d+)\\n(?:== stdout\\n(.*?))?(?:== stderr\\n(.*))?");
    private static final Pattern PRINTS_JSON = Pattern.compile(".* (-J|--json-stream)( .*)?");
    private static final int SIGNAL_CODE = 128;

    private final String text;

    GoldenParser(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException if it is not the text of a golden file
    Golden parse(String version, String name, Form form) {
        Iterator<String> ends = END.splitAsStream(text).iterator();
        boolean isWellFormed = text.startsWith("== client: ") && ends.next().isEmpty();
        if (!isWellFormed) {
            throw new IllegalArgumentException("begins with no client: " + version + " " + name);
        }
        End client = end(ends.next(), form);
        @Nullable End server = ends.hasNext() ? end(ends.next(), null) : null;
        return new Golden(version, name, form, client, server);
    }

    /// Parses one end. The two ends may have different formats: a server's is determined by its
    /// command.
    private static End end(String text, @Nullable Form form) {
        Matcher fields = FIELDS.matcher(text);
        if (!fields.matches()) {
            throw new IllegalArgumentException("not a command, its exit code and its outputs: " + text);
        }
        String command = fields.group(1);
        int exit = Integer.parseInt(fields.group(2));
        return new End(
                command,
                form == null ? formOf(command) : form,
                exit < 0 ? SIGNAL_CODE - exit : exit,
                nothingIfAbsent(fields.group(3)),
                nothingIfAbsent(fields.group(4)));
    }

    private static Form formOf(String command) {
        return PRINTS_JSON.matcher(command).matches() ? Form.JSON : Form.TXT;
    }

    private static String nothingIfAbsent(@Nullable String printed) {
        return printed == null ? "" : printed;
    }
}
