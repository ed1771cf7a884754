package dev.pitot.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// The packages of this source tree, made once for all test classes, in `target/tested`.
final class BuiltPackages {
    private static final BuiltPackages MADE = make();

    private final ProgramTree tree;
    private final List<Path> packages;

    private BuiltPackages(ProgramTree tree, List<Path> packages) {
        this.tree = tree;
        this.packages = packages;
    }

    /// Returns the tree that the packages contain.
    static ProgramTree tree() {
        return MADE.tree;
    }

    /// Returns all packages.
    static List<Path> all() {
        return MADE.packages;
    }

    /// Returns the package whose name ends so.
    static Path named(String ending) {
        return MADE.packages.stream()
                .filter(file -> file.toString().endsWith(ending))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no package *" + ending + " among " + MADE.packages));
    }

    private static BuiltPackages make() {
        try {
            Path repository = Path.of(System.getProperty("pitot.root", ".."))
                    .toAbsolutePath()
                    .normalize();
            Path output = Path.of("target/tested").toAbsolutePath();
            ProgramTree.delete(output); // with what tests have left in it
            ProgramTree tree = ProgramTree.create(Build.of(repository, output));
            return new BuiltPackages(tree, Packager.create(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (PackagingException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
