package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Packages that are made twice. They are equal but for the AOT cache: it has times of soft references in it, and its
/// training runs load some classes only if threads meet in time.
@Needs(Tool.STATIC_C_COMPILER)
@Tag("slow")
@Timeout(300) // makes the packages, and the tree once more
class ReproducibleTest {
    private static final List<String> DIFFERENT = List.of("lib/pitot/" + AotCache.FILE);

    @Test
    void theTreeIsTheSameButForTheCache() throws Exception {
        Build first = BuiltPackages.tree().build();
        var second = new Build(
                first.repository(),
                first.output().resolveSibling("again"),
                first.version(),
                first.time(),
                first.platform());

        ProgramTree again = ProgramTree.create(second);

        assertThat(listing(again)).isEqualTo(listing(BuiltPackages.tree()));
    }

    @Test
    void packagesOfOneTreeAreTheSame() throws Exception {
        List<String> first = sums(BuiltPackages.all());

        assertThat(sums(Packager.create(BuiltPackages.tree()))).isEqualTo(first);
    }

    /// Lines with everything that a package contains of an entry.
    private static List<String> listing(ProgramTree tree) throws IOException {
        List<String> lines = new ArrayList<>();
        for (TreeEntry entry : tree.entries()) {
            String content = switch (entry) {
                case TreeEntry.Folder _ -> "";
                case TreeEntry.Link link -> link.target();
                case TreeEntry.Content file -> DIFFERENT.contains(file.path()) ? "" : Checksums.sha256(file.content());
            };
            lines.add(entry.path() + " " + Integer.toOctalString(entry.mode()) + " " + content + " "
                    + Files.getLastModifiedTime(tree.file(entry.path())));
        }
        return lines;
    }

    private static List<String> sums(List<Path> packages) throws IOException {
        List<String> sums = new ArrayList<>();
        for (Path file : packages) {
            sums.add(file.getFileName() + " " + Checksums.sha256(file));
        }
        return sums;
    }
}
