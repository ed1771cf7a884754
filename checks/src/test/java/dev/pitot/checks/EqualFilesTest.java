package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test data exists once: a second copy of a recording would become stale when the first is recorded
/// again.
class EqualFilesTest {
    @Test
    void noTwoTestResourcesAreEqual() throws IOException {
        List<Path> resources = new ArrayList<>(filesBelow(SourceTree.root().resolve("testkit/src/main/resources")));
        try (Stream<Path> modules = Files.list(SourceTree.root())) {
            for (Path module : modules.toList()) {
                resources.addAll(filesBelow(module.resolve("src/test/resources")));
            }
        }

        assertThat(resources).hasSizeGreaterThan(500);
        assertThat(equalFiles(resources)).isEmpty();
    }

    @Test
    void twoEqualFilesAreFound(@TempDir Path folder) throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "same");
        Path other = Files.writeString(folder.resolve("other"), "other");
        Path copy = Files.writeString(folder.resolve("copy"), "same");

        assertThat(equalFiles(List.of(one, other, copy))).containsExactly(List.of(one, copy));
    }

    /// Returns groups of files with equal content.
    private static List<List<Path>> equalFiles(List<Path> files) throws IOException {
        Map<ByteBuffer, List<Path>> byContent = new LinkedHashMap<>();
        for (Path file : files) {
            byContent
                    .computeIfAbsent(ByteBuffer.wrap(Files.readAllBytes(file)), _ -> new ArrayList<>())
                    .add(file);
        }
        return byContent.values().stream().filter(group -> group.size() > 1).toList();
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
