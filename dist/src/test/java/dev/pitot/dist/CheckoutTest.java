package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The script `./pitot` of a checkout that is not compiled, where no Maven is found.
@Tag("slow")
@Needs(Tool.PACKAGE)
class CheckoutTest {
    private static final String UNKNOWN = ": unknown option '--no-such' (see ";

    private final Path checkout;

    CheckoutTest() throws IOException {
        checkout = LinkedTree.folder();
    }

    @Test
    void startsThePackageThatWasMadeInIt() throws Exception {
        copyScripts();
        LinkedTree.at(Files.createDirectories(checkout.resolve("dist/target")).resolve("tree"));
        Files.createSymbolicLink(checkout.resolve("iperf3"), Path.of("pitot"));

        assertThat(lab("pitot", Map.of())).isEqualTo("pitot" + UNKNOWN + "pitot lab --help)\n");
        assertThat(lab("iperf3", Map.of())).isEqualTo("iperf3" + UNKNOWN + "iperf3 lab --help)\n");
    }

    @Test
    void startsThePackageThatIsNamed() throws Exception {
        copyScripts();
        String tree = BuiltPackages.tree().build().tree().toString();

        assertThat(lab("pitot", Map.of("PITOT_IMAGE", tree))).isEqualTo("pitot" + UNKNOWN + "pitot lab --help)\n");
        assertThat(lab("pitot", Map.of("PITOT_IMAGE", "/no/such")))
                .isEqualTo("pitot: PITOT_IMAGE is /no/such, which has no Pitot in it: set it to the directory of an"
                        + " unpacked package.\n");
    }

    private void copyScripts() throws IOException {
        Path repository = BuiltPackages.tree().build().repository();
        Files.createDirectories(checkout.resolve("libexec"));
        for (String file : List.of("pitot", "libexec/find-java", "libexec/jvm-options")) {
            Files.copy(repository.resolve(file), checkout.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /// Returns what the script says about an unknown option.
    private String lab(String name, Map<String, String> variables) throws Exception {
        List<String> command = List.of(checkout.resolve(name).toString(), "lab", "--no-such");
        try (ChildProcess program = ChildProcess.start(command, variables)) {
            return program.awaitExit().stderr();
        }
    }
}
