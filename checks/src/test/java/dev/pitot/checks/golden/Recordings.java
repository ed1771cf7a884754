package dev.pitot.checks.golden;

import dev.pitot.checks.golden.Recording.End;
import dev.pitot.checks.golden.Recording.Form;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All recordings there are. `CASE.FORM.meta` holds the command lines, exit codes and standard
/// errors, `CASE.FORM` and `CASE.server.FORM` the standard outputs.
final class Recordings {
    private static final Pattern META = Pattern.compile("(.+)\\.(txt|json)\\.meta");
    private static final Pattern FIELDS = Pattern.compile(
            "^(client|server): (.*)\\n\\1 exit: (-?\\d+)\\n(?:\\1 stderr:\\n((?s:.*?)))?(?=^server: |\\z)",
            Pattern.MULTILINE);
    private static final int SIGNAL_CODE = 128;

    private Recordings() {}

    /// Those of all versions, in the order of version and name.
    static List<Recording> all() throws IOException {
        List<Recording> all = new ArrayList<>();
        for (String version : List.of("3.12", "3.21")) {
            Path folder = folder().resolve(version);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path meta : files.sorted().toList()) {
                    Matcher matcher = META.matcher(meta.getFileName().toString());
                    if (matcher.matches()) {
                        all.add(read(version, meta, matcher.group(1), Form.valueOf(upper(matcher.group(2)))));
                    }
                }
            }
        }
        return all;
    }

    private static String upper(String form) {
        return form.equals("txt") ? "TXT" : "JSON";
    }

    static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Recordings.class.getResource("/golden"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Recording read(String version, Path meta, String name, Form form) throws IOException {
        Path folder = Objects.requireNonNull(meta.getParent());
        String stdout = text(folder.resolve(name + "." + form.suffix()));
        @Nullable End client = null;
        @Nullable End server = null;
        Matcher fields = FIELDS.matcher(Files.readString(meta));
        while (fields.find()) {
            if (fields.group(1).equals("client")) {
                client = end(fields, form, stdout);
            } else {
                Form serverForm = formOf(fields.group(2));
                server = end(fields, serverForm, text(folder.resolve(name + ".server." + serverForm.suffix())));
            }
        }
        if (client == null) {
            throw new IOException("no client and its exit code in " + meta);
        }
        return new Recording(version, name, form, client, server);
    }

    /// The two ends may print in different forms.
    private static Form formOf(String command) {
        return command.matches(".* (-J|--json-stream)( .*)?") ? Form.JSON : Form.TXT;
    }

    private static End end(Matcher fields, Form form, String stdout) {
        int exit = Integer.parseInt(fields.group(3));
        String stderr = fields.group(4);
        // The recorder ended each standard error with an empty line.
        return new End(
                fields.group(2),
                form,
                exit < 0 ? SIGNAL_CODE - exit : exit,
                stdout,
                stderr == null ? "" : stderr.replaceFirst("\\n\\z", ""));
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
