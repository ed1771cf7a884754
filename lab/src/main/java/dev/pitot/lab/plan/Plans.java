package dev.pitot.lab.plan;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;

/// Finds files with plans, and reads them whatever language they are in.
public final class Plans {
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
            diagnostics.add(
                    SourcePosition.START, Diagnostics.quoted(glob) + " is no pattern for names: " + e.getDescription());
        } catch (IOException | DirectoryIteratorException e) {
            diagnostics.add(SourcePosition.START, "this folder cannot be read: " + e.getMessage());
        }
        if (found.isEmpty() && diagnostics.isEmpty()) {
            plans.sort(Comparator.naturalOrder());
            String named = String.join(", ", plans.subList(0, Math.min(plans.size(), MOST_NAMED)));
            diagnostics.add(
                    SourcePosition.START,
                    "no file here matches " + Diagnostics.quoted(glob) + ": "
                            + (plans.isEmpty() ? "there is no plan in this folder" : "its plans are " + named)
                            + (plans.size() > MOST_NAMED ? " and " + (plans.size() - MOST_NAMED) + " more" : ""));
        }
        diagnostics.throwIfAny();
        found.sort(Comparator.comparing(Path::toString));
        return found;
    }

    /// Reads a plan: apetools' INI if the file's name ends in `.ini`, else YAML.
    ///
    /// @param home what `~/` in names of files stands for
    /// @throws PlanException if it cannot be read or is wrong
    public static ImportResult read(Path file, Path home) throws PlanException {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".ini")
                ? IniImport.read(file, home)
                : new ImportResult(PlanReader.read(file, home), List.of());
    }
}
