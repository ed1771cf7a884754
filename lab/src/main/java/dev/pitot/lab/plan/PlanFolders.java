package dev.pitot.lab.plan;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the names of files in a plan are relative to.
///
/// @param plan the folder of the plan
/// @param home what `~/` stands for
public record PlanFolders(Path plan, Path home) {
    /// The file that is meant; null if the text is no file's name.
    @Nullable Path file(String text) {
        try {
            if (text.isBlank()) {
                return null;
            }
            return text.startsWith("~/") ? home.resolve(text.substring(2)) : plan.resolve(text);
        } catch (InvalidPathException _) {
            return null;
        }
    }
}
