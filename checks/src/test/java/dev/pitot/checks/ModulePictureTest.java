package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulePictureTest {
    @Test
    void docsHaveThePictureOfTheModules() throws IOException {
        String picture = ModulePicture.of(SourceTree.root()).svg();
        Path documented = SourceTree.root().resolve("docs/modules.svg");
        if (Boolean.getBoolean("pitot.update")) {
            Files.writeString(documented, picture);
        }

        assertThat(documented)
                .as("update it with: ./verify -pl checks -am -Dtest=ModulePictureTest -Dpitot.update=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(picture);
    }

    @Test
    void theDesignShowsIt() throws IOException {
        assertThat(Files.readString(SourceTree.root().resolve("docs/design.md")))
                .contains("](modules.svg)");
    }

    @Test
    void aModuleStandsAboveThoseThatItUses(@TempDir Path root) throws IOException {
        write(root, "low", "/// Values: no more.\nmodule dev.pitot.low {}");
        write(root, "middle", "module dev.pitot.middle { requires transitive dev.pitot.low; }");
        write(root, "top", "module dev.pitot.top {\n requires dev.pitot.low;\n requires dev.pitot.middle;\n}");

        ModulePicture picture = ModulePicture.of(root);

        assertThat(picture.uses())
                .isEqualTo(Map.of("low", Set.of(), "middle", Set.of("low"), "top", Set.of("low", "middle")));
        assertThat(picture.text()).isEqualTo("low uses no other module. middle uses low. top uses low, middle.");
        assertThat(picture.svg().split("<line ", -1))
                .as("top to middle, middle to low")
                .hasSize(3);
        assertThat(picture.svg()).contains("<desc id=\"desc\">" + picture.text(), ">Values</text>");
    }

    private static void write(Path root, String module, String descriptor) throws IOException {
        Path folder = Files.createDirectories(root.resolve(module).resolve("src/main/java"));
        Files.writeString(folder.resolve("module-info.java"), descriptor + "\n");
    }
}
