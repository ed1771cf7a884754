package dev.pitot.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The tree of the packages at another path, as after unpacking: its files are hard links.
final class LinkedTree {
    private LinkedTree() {}

    /// Makes it in a directory that does not exist yet.
    ///
    /// @return the program in it
    static Path at(Path directory) throws IOException {
        List<TreeEntry> entries = BuiltPackages.tree().entries();
        Files.createDirectories(directory);
        for (TreeEntry entry : entries) {
            Path file = directory.resolve(entry.path());
            switch (entry) {
                case TreeEntry.Folder _ -> Files.createDirectory(file);
                case TreeEntry.Content content -> Files.createLink(file, content.content());
                case TreeEntry.Link link -> Files.createSymbolicLink(file, Path.of(link.target()));
            }
        }
        return directory.resolve("bin/pitot");
    }

    /// Returns a directory for such trees, on the same file system as the tree.
    static Path folder() throws IOException {
        return Files.createTempDirectory(BuiltPackages.tree().build().output(), "linked");
    }
}
