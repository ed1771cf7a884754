package dev.pitot.checks.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.testkit.Golden;
import dev.pitot.testkit.Golden.Form;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayingTest {
    private static Golden recording(String name) {
        String[] words = name.split(" ", -1);
        return Golden.of(words[0], words[1], Form.TXT);
    }

    @Test
    void argumentsAreMadeFitForTheStage() {
        var arguments = new Arguments(Path.of("/stage"));

        assertThat(arguments.ofClient(
                        "iperf3 -c ::1 -p 15389 -T My title --rsa-public-key-path auth/public.pem -t 3", 7))
                .containsExactly(
                        "-c",
                        "::1",
                        "-p",
                        "7",
                        "-T",
                        "My title",
                        "--rsa-public-key-path",
                        "/stage/auth/public.pem",
                        "-t",
                        "3");
        assertThat(arguments.ofClient("iperf3 -c ::1 -p 70000", 7)).containsExactly("-c", "::1", "-p", "70000");
        assertThat(arguments.ofServer("iperf3 -s -1 -p 15389 -J")).containsExactly("-1", "-J");
        assertThat(arguments.ofClient("iperf3 --timestamps=%T  -F bash", 7))
                .containsExactly("--timestamps=%T ", "-F", "/stage/bash");
    }

    @Test
    void longTestsAreShortened() {
        var arguments = new Arguments(Path.of("/stage"));

        assertThat(arguments.shortened(List.of("-t", "3"))).containsExactly("-t", "1", "-i", "0.5");
        assertThat(arguments.shortened(List.of("-t", "2", "-i", "0"))).containsExactly("-t", "1", "-i", "0");
        assertThat(arguments.shortened(List.of("-t", "3", "-P", "2"))).containsExactly("-t", "2", "-P", "2");
        assertThat(arguments.shortened(List.of("-t", "1"))).containsExactly("-t", "1");
        assertThat(arguments.shortened(List.of("-n", "3"))).containsExactly("-n", "3");
    }

    @Test
    void aDifferenceIsMeantIfAnEntrySaysSo() {
        var meant =
                IntendedDifferences.parse(List.of("# comment", "", "3\\.12 | sctp .* | client exit | -1 | because"));
        var deviation = new Deviation("client exit", "-1 +0");

        assertThat(meant.cover(recording("3.21 sctp txt"), deviation)).isFalse();
        assertThat(meant.cover(recording("3.12 tcp txt"), deviation)).isFalse();
        assertThat(meant.cover(recording("3.12 sctp txt"), new Deviation("server exit", "-1 +0")))
                .isFalse();
        assertThat(meant.cover(recording("3.12 sctp txt"), new Deviation("client exit", "-2 +0")))
                .isFalse();
        assertThat(meant.unseen()).hasSize(1);
        assertThat(meant.cover(recording("3.12 sctp txt"), deviation)).isTrue();
        assertThat(meant.unseen()).isEmpty();
    }

    @Test
    void anEntryWithoutAReasonIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntendedDifferences.parse(List.of("3.12 | sctp | client exit | -1 | ")))
                .withMessageContaining("reason");
        assertThatIllegalArgumentException().isThrownBy(() -> IntendedDifferences.parse(List.of("3.12 | sctp")));
    }

    @Test
    void theShortestWayFromOneListToAnotherIsFound() {
        assertThat(LineDifference.between(List.of("a", "b", "c"), List.of("a", "x", "c", "d")))
                .containsExactly("-b", "+x", "+d");
        assertThat(LineDifference.between(List.of(), List.of())).isEmpty();
    }
}
