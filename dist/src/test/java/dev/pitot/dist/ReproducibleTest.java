package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packages that are made twice are equal but for the AOT cache: it has times of soft references in it, and
/// its training runs load some classes only if threads meet in time.
@Tag("slow")
@Needs(Tool.PACKAGE)
class ReproducibleTest {
    private static final String CACHE = ProgramTree.HOME + "/" + AotCache.FILE;

    @Test
    void withTheSameCacheTreesAndPackagesAreTheSame() throws Exception {
        Build first = BuiltPackages.tree().build();
        Build second = into(first.output().resolveSibling("again"));
        ProgramTree.delete(second.output());

        ProgramTree again = ProgramTree.withoutAotCache(second);
        Files.copy(BuiltPackages.tree().file(CACHE), again.file(CACHE), StandardCopyOption.COPY_ATTRIBUTES);
        Files.setLastModifiedTime(again.file(ProgramTree.HOME), FileTime.from(second.time()));

        assertThat(listing(again)).isEqualTo(listing(BuiltPackages.tree()));
        assertThat(sums(Packager.create(again))).isEqualTo(sums(BuiltPackages.all()));
    }

    @Test
    void aNewImageHasNothingOfAnOlderOneWhoseFilesHadTheSameTime(@TempDir Path folder) throws Exception {
        Build build = into(folder);
        Path older = ContainerImage.create(treeWith(build, "1"));
        String sum = Checksums.sha256(older);

        Path newer = ContainerImage.create(treeWith(build, "2"));

        assertThat(Checksums.sha256(newer)).isNotEqualTo(sum);
    }

    private static Build into(Path output) {
        Build build = BuiltPackages.tree().build();
        return new Build(build.repository(), output, build.version(), build.time(), build.platform());
    }

    private static ProgramTree treeWith(Build build, String content) throws IOException {
        var tree = new ProgramTree(build);
        for (String path : List.of(ProgramTree.HOME + "/pitot", ProgramTree.HOME + "/runtime/release")) {
            Files.createDirectories(tree.file(path).getParent());
            Files.writeString(tree.file(path), content);
            Files.setLastModifiedTime(tree.file(path), FileTime.from(build.time()));
        }
        return tree;
    }

    /// Lines with everything that a package contains of an entry.
    private static List<String> listing(ProgramTree tree) throws IOException {
        List<String> lines = new ArrayList<>();
        for (TreeEntry entry : tree.entries()) {
            String content = switch (entry) {
                case TreeEntry.Folder _ -> "";
                case TreeEntry.Link link -> link.target();
                case TreeEntry.Content file -> Checksums.sha256(file.content());
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
