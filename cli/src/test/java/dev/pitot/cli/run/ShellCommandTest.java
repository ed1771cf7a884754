package dev.pitot.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.text.SurrogateEscape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ShellCommandTest {
    @Test
    void wordsThatEveryLocaleHasStayAsTheyAre() {
        List<String> words = List.of("java", "-cp", "a b", "");

        assertThat(ShellCommand.keepingBytes(words)).isEqualTo(words);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aShellMakesTheOthersOfAscii() throws Exception {
        List<String> words =
                List.of("printf", "%s|", "L\udce4tin", "ü€ and 'quotes' $HOME `x` \\", "", "\udcffé\n", "\u00fc1\n2\n");
        String script = ShellCommand.script(words);

        assertThat(script).isASCII();
        assertThat(ShellCommand.keepingBytes(words)).containsExactly("sh", "-c", script);
        Process shell = new ProcessBuilder("sh", "-c", script).start();
        assertThat(SurrogateEscape.decode(shell.getInputStream().readAllBytes()))
                .isEqualTo(String.join("|", words.subList(2, words.size())) + "|");
        assertThat(shell.waitFor()).isZero();
    }
}
