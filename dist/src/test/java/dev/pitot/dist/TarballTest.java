package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The archive that a user unpacks.
@Tag("slow")
@Needs(Tool.PACKAGE)
class TarballTest {
    private static final long MAX_BYTES = 35_000_000;

    @Test
    void isSmallEnoughToDownload() throws Exception {
        assertThat(Files.size(BuiltPackages.named(".tar.gz"))).isLessThanOrEqualTo(MAX_BYTES);
    }

    @Test
    void belongsToRootAndHasOneTimeWhoeverMadeIt() throws Exception {
        List<String> paths = new ArrayList<>();
        FileTime time = FileTime.from(BuiltPackages.tree().build().time());
        try (var tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(BuiltPackages.named(".tar.gz"))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                paths.add(entry.getName());
                assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
                assertThat(entry.getUserName() + entry.getGroupName()).isEqualTo("rootroot");
                assertThat(entry.getLastModifiedTime()).isEqualTo(time);
                assertThat(entry.getMode() & 0777)
                        .as(entry.getName())
                        .isIn(
                                entry.isSymbolicLink()
                                        ? List.of(0777)
                                        : entry.isFile() ? List.of(0644, 0755) : List.of(0755));
            }
        }

        assertThat(paths).hasSizeGreaterThan(100).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @Needs(Tool.OVERLAY_ROOT)
    void measuresWhereItIsUnpackedWithoutJavaOnTheMachine() throws Exception {
        Path archive = BuiltPackages.named(".tar.gz");
        String name = archive.getFileName().toString().replace(".tar.gz", "");
        try (OverlayRoot root = OverlayRoot.withoutJava()) {
            Path copy = Files.copy(archive, root.shared().resolve("pitot.tar.gz"));

            assertThat(root.run("tar", "-xzf", copy.toString(), "-C", "/srv").code())
                    .isZero();
            ChildProcess.Exit measured = root.run("/srv/" + name + "/bin/pitot", "loopback", "-t", "1");

            assertThat(measured.code()).as(measured.stderr()).isZero();
            assertThat(measured.stdout()).contains("Gbits/sec");
            assertThat(root.run("cat", "/srv/" + name + "/LICENSE").stdout()).contains("Apache License");
        }
    }
}
