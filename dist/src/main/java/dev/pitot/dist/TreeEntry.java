package dev.pitot.dist;

import java.nio.file.Path;

/// A directory, file or symbolic link of the tree that every package contains. Its owner is root and its time
/// that of the build.
sealed interface TreeEntry {
    /// Path below the tree's root, with slashes: `lib/pitot/jvm-options`.
    String path();

    /// A directory, which everybody may read.
    record Folder(String path) implements TreeEntry {}

    /// A regular file.
    ///
    /// @param content the file to copy
    /// @param executable whether it is a program
    record Content(String path, Path content, boolean executable) implements TreeEntry {}

    /// A symbolic link.
    ///
    /// @param target what it contains: a path relative to its directory
    record Link(String path, String target) implements TreeEntry {}

    /// Permission bits as chmod(2) has them; those of a link do not matter.
    default int mode() {
        return switch (this) {
            case Folder _ -> 0755;
            case Content content -> content.executable() ? 0755 : 0644;
            case Link _ -> 0777;
        };
    }
}
