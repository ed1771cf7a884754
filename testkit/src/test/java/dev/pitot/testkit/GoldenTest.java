package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.testkit.Golden.End;
import dev.pitot.testkit.Golden.Form;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
    @Test
    void readsBothEnds() {
        Golden sctp = Golden.of("3.21", "sctp", Form.TXT);

        assertThat(sctp.client().command()).isEqualTo("iperf3 -c 127.0.0.1 -p 15378 --sctp -t 1");
        assertThat(sctp.client().exitCode()).isEqualTo(1);
        assertThat(sctp.client().stderr().lines())
                .containsExactly(
                        "iperf3: SERVER ERROR - unable to start stream listener: Protocol not supported, errno:"
                                + " Protocol not supported",
                        "iperf3: error - unable to start stream listener: Protocol not supported");
        assertThat(sctp.client().stdout()).startsWith("Connecting to host");
        assertThat(sctp.server()).isNotNull().extracting(End::exitCode).isEqualTo(0);
    }

    @Test
    void theTwoEndsMayPrintInDifferentForms() {
        Golden mixed = Golden.of("3.21", "get-server-output-jsonclient-textserver", Form.JSON);

        assertThat(mixed.client().form()).isEqualTo(Form.JSON);
        assertThat(mixed.server()).isNotNull().extracting(End::form).isEqualTo(Form.TXT);
        assertThat(mixed.server()).extracting(End::stdout).asString().startsWith("-----");
    }

    @Test
    void aKilledProgramHasTheExitCodeOfAShell() {
        assertThat(Golden.of("3.12", "sig-client-KILL", Form.TXT).client().exitCode())
                .isEqualTo(137);
    }

    @Test
    void thereAreAsManyAsWereMade() {
        assertThat(Golden.all()).hasSizeGreaterThan(390);
    }

    @Test
    void outputsAreNamedAfterTheTestTheEndAndTheForm() {
        assertThat(Golden.outputs("3.21"))
                .containsKeys("tcp.txt", "tcp.json", "tcp.server.txt", "err-refused.json")
                .doesNotContainKey("err-refused.server.json")
                .containsEntry(
                        "sctp.txt", Golden.of("3.21", "sctp", Form.TXT).client().stdout());
    }

    @Test
    void aTestThatWasNotRecordedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Golden.of("3.21", "none", Form.TXT))
                .withMessage("no golden file: iperf3/3.21/none-txt.golden");
    }

    @Test
    void aTextThatIsNotAGoldenIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GoldenParser("iperf3\n").parse("3.21", "none", Form.TXT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GoldenParser("== client: iperf3\n").parse("3.21", "none", Form.TXT));
    }

    @Test
    void aCopyIsWhatWasRecorded(@TempDir Path folder) throws Exception {
        Path copy = GoldenFiles.copy("auth/users.csv", folder);

        assertThat(copy).hasFileName("users.csv");
        assertThat(Files.readString(copy))
                .isEqualTo(GoldenFiles.text("auth/users.csv"))
                .contains("mario,");
    }
}
