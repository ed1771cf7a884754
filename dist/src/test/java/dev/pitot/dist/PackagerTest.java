package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
@Timeout(300) // makes the packages
class PackagerTest {
    @Test
    void anImageHasWhatTheTreeHasNow() throws Exception {
        ProgramTree tree = BuiltPackages.tree();
        String before = Checksums.sha256(BuiltPackages.named(".tar"));
        Path file = tree.file("NOTICE");
        byte[] content = Files.readAllBytes(file);
        FileTime time = Files.getLastModifiedTime(file);
        Files.createDirectories(tree.build().unfinished());
        try {
            Files.writeString(file, "changed");
            Files.setLastModifiedTime(file, time);

            assertThat(Checksums.sha256(ContainerImage.create(tree))).isNotEqualTo(before);
        } finally {
            Files.write(file, content);
            Files.setLastModifiedTime(file, time);
            ProgramTree.delete(tree.build().unfinished());
        }
    }

    @Test
    void packagesOfOtherVersionsDoNotStay() throws Exception {
        ProgramTree tree = BuiltPackages.tree();
        Path folder = tree.build().packages();
        Files.createFile(folder.resolve("pitot-0.0.1-linux-x64.tar.gz"));
        Files.createDirectories(tree.build().unfinished());
        Files.createFile(tree.build().unfinished().resolve("pitot_0.0.1-1_amd64.deb"));

        List<Path> expected = new ArrayList<>(Packager.create(tree));

        List<String> sums = Files.readAllLines(folder.resolve(Checksums.FILE));
        assertThat(sums.stream().map(line -> folder.resolve(line.substring(66))))
                .containsExactlyElementsOf(expected);
        expected.add(folder.resolve(Checksums.FILE));
        try (Stream<Path> found = Files.list(folder)) {
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(tree.build().unfinished()).doesNotExist();
    }
}
