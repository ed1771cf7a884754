package dev.pitot.lab.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;

/// Finds files with plans, and reads them whatever language they are in.
public final class Plans {
    /// Larger files are no plans.
    static final int MOST_BYTES = 1 << 20;

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".ini");
    /// So many are named in a complaint.
    private static final int MOST_NAMED = 20;

    private Plans() {}

    /// The files of a folder whose names match a pattern such as `*.ini`, by name; folders within
    /// are not looked into.
    ///
    /// @return at least one
    /// @throws PlanException if there is none; it names the folder's plans
    public static List<Path> find(Path folder, String glob) throws PlanException {
        var diagnostics = new Diagnostics(folder.toString());
        SourcePosition start = diagnostics.start();
        List<Path> found = new ArrayList<>();
        List<String> plans = new ArrayList<>();
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Path name = file.getFileName();
                    if (name == null || !Files.isRegularFile(file)) {
                        continue;
                    }
                    if (matcher.matches(name)) {
                        found.add(file);
                    }
                    if (ENDINGS.stream().anyMatch(name.toString().toLowerCase(Locale.ROOT)::endsWith)) {
                        plans.add(name.toString());
                    }
                }
            }
        } catch (PatternSyntaxException e) {
            start.report(Diagnostics.quoted(glob) + " is no pattern for names: " + e.getDescription());
        } catch (IOException | DirectoryIteratorException e) {
            start.report("this folder cannot be read: " + e.getMessage());
        }
        if (found.isEmpty() && diagnostics.isEmpty()) {
            plans.sort(null);
            String named = String.join(", ", plans.subList(0, Math.min(plans.size(), MOST_NAMED)));
            start.report("no file here matches " + Diagnostics.quoted(glob) + ": "
                    + (plans.isEmpty() ? "there is no plan in this folder" : "its plans are " + named)
                    + (plans.size() > MOST_NAMED ? " and " + (plans.size() - MOST_NAMED) + " more" : ""));
        }
        diagnostics.throwIfAny();
        found.sort(null);
        return found;
    }

    /// Reads a plan: apetools' INI if the file's name ends in `.ini`, else YAML.
    ///
    /// @param home what `~/` in names of files stands for
    /// @throws PlanException if it cannot be read or is wrong
    public static ImportResult read(Path file, Path home) throws PlanException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return read(file.toString(), text(file), new PlanFolders(folder == null ? home : folder, home));
    }

    /// Reads a plan's text, whose language the file's name tells.
    ///
    /// @param name of the file, for complaints
    /// @param folders what names of files are relative to
    /// @throws PlanException if it is wrong
    public static ImportResult read(String name, String text, PlanFolders folders) throws PlanException {
        return name.toLowerCase(Locale.ROOT).endsWith(".ini")
                ? IniImport.read(name, text, folders)
                : new ImportResult(PlanReader.read(name, text, folders), List.of());
    }

    private static String text(Path file) throws PlanException {
        var diagnostics = new Diagnostics(file.toString());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            return bytes.length > MOST_BYTES
                    ? " ".repeat(bytes.length) // which is refused as a text is
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
        } catch (CharacterCodingException _) {
            diagnostics.start().report("this is no UTF-8 text: save the plan as UTF-8");
        } catch (NoSuchFileException _) {
            diagnostics.start().report("there is no such file");
        } catch (IOException e) {
            diagnostics.start().report("this file cannot be read: " + e.getMessage());
        }
        throw diagnostics.exception();
    }

    /// What is wrong with a text: nothing as yet.
    ///
    /// @throws PlanException if it is larger than a file may be
    static Diagnostics diagnostics(String name, String text) throws PlanException {
        var diagnostics = new Diagnostics(name);
        if (text.length() > MOST_BYTES) {
            diagnostics.start().report("a plan has at most " + (MOST_BYTES >> 20) + " MiB");
        }
        diagnostics.throwIfAny();
        return diagnostics;
    }
}
