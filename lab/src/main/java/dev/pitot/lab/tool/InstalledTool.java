package dev.pitot.lab.tool;

import dev.pitot.lab.node.EngineKind;
import org.jspecify.annotations.Nullable;

/// A program as it was found on a node.
///
/// @param kind which it is
/// @param path how it is called there
/// @param version null if it does not report it: it is taken for the oldest
public record InstalledTool(
        EngineKind kind, String path, @Nullable ToolVersion version) {
    boolean isAtLeast(ToolVersion wanted) {
        return version != null && version.isAtLeast(wanted);
    }
}
