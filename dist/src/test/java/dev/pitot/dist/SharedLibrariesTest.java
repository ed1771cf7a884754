package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SharedLibrariesTest {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @Test
    void areWhatAJavaNeedsOfTheSystem() throws Exception {
        SharedLibraries libraries = SharedLibraries.of(List.of(
                content("bin/java"),
                content("lib/libjli.so"),
                content("lib/libjava.so"),
                content("lib/server/libjvm.so"),
                content("release")));

        assertThat(libraries.names()).contains("libc.so.6", "libm.so.6").doesNotContain("libjli.so", "libjvm.so");
        assertThat(libraries.loaders()).singleElement().asString().contains("/ld-linux");
        assertThat(libraries.depends()).startsWith("libc6 (>= 2.");
        assertThat(libraries.files())
                .allSatisfy((path, file) -> assertThat(Files.exists(file)).isTrue());
        assertThat(libraries.files().keySet()).anyMatch(path -> path.endsWith("/libc.so.6"));
    }

    @Test
    void haveADebianPackage() throws Exception {
        assertThat(new SharedLibraries(Set.of("libc.so.6", "libz.so.1"), "2.34", Set.of()).depends())
                .isEqualTo("libc6 (>= 2.34), zlib1g");
        assertThatThrownBy(() -> new SharedLibraries(Set.of("libX11.so.6"), "2.34", Set.of()).depends())
                .isInstanceOf(PackagingException.class)
                .hasMessageContaining("libX11.so.6");
    }

    private static TreeEntry content(String path) {
        return new TreeEntry.Content(path, JDK.resolve(path), false);
    }
}
