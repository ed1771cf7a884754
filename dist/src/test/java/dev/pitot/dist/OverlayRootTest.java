package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@Needs(Tool.OVERLAY_ROOT)
class OverlayRootTest {
    @Test
    void hasTheMachinesProgramsButNoJava() throws Exception {
        try (OverlayRoot root = OverlayRoot.withoutJava()) {
            assertThat(root.run("sh", "-c", "command -v java && java -version").code())
                    .isNotZero();
            assertThat(root.run("sh", "-c", "command -v mvn && mvn -version").code())
                    .isNotZero();
            assertThat(root.run("ls", System.getProperty("java.home")).stdout()).isEmpty();
            assertThat(root.run("ls", Path.of("..").toRealPath().toString()).stdout())
                    .isEmpty();
            assertThat(root.run("true").code()).isZero();
        }
    }

    @Test
    void listsWhatChangedAndLeavesTheMachineAsItIs() throws Exception {
        try (OverlayRoot root = OverlayRoot.withoutJava()) {
            var before = root.changes();
            root.run("touch", "/usr/bin/pitot-overlay-test");
            root.run("rm", "/etc/passwd");

            var after = root.changes();

            after.removeAll(before);
            assertThat(after).containsExactlyInAnyOrder("/usr/bin/pitot-overlay-test", "/etc/passwd");
            assertThat(Path.of("/usr/bin/pitot-overlay-test")).doesNotExist();
            assertThat(Path.of("/etc/passwd")).exists();
        }
    }

    @Test
    void hasALoopbackInterfaceOfItsOwn() throws Exception {
        try (OverlayRoot root = OverlayRoot.withoutJava()) {
            assertThat(root.run("ip", "-o", "-4", "address").stdout().lines())
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1/8");
        }
    }

    @Test
    void endsWhatWasStartedInIt() throws Exception {
        Path seen;
        ProcessHandle process;
        try (OverlayRoot root = OverlayRoot.withoutJava()) {
            seen = root.shared();
            process = ProcessHandle.of(root.start("0:0", List.of(), List.of("sleep", "600"))
                            .pid())
                    .orElseThrow();
        }

        process.onExit().join();
        assertThat(Files.exists(seen)).isFalse();
    }
}
