package dev.pitot.cli.run;

import dev.pitot.model.text.SurrogateEscape;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Command lines for [ProcessBuilder] whose words keep their bytes. It encodes words in the locale's
/// character set; for words that cannot be encoded there, sh builds them from ASCII.
final class ShellCommand {
    private ShellCommand() {}

    /// Returns the words, or a shell command that replaces itself (exec) with the program.
    ///
    /// @param words as [SurrogateEscape] reads them
    static List<String> keepingBytes(List<String> words) {
        CharsetEncoder ofArguments = Charset.forName(
                        System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8)
                .newEncoder();
        return words.stream().allMatch(ofArguments::canEncode) ? words : List.of("sh", "-c", script(words));
    }

    static String script(List<String> words) {
        return words.stream().map(ShellCommand::quoted).collect(Collectors.joining(" ", "exec ", ""));
    }

    /// Quotes ASCII, and writes every other byte in octal for printf. Each printf ends with a byte that
    /// is not a line feed, since the shell strips trailing line feeds.
    private static String quoted(String word) {
        var text = new StringBuilder("'");
        boolean isOctal = false;
        for (byte octet : SurrogateEscape.encode(word)) {
            if (octet < 0 != isOctal) {
                isOctal = !isOctal;
                text.append(isOctal ? "'\"$(printf '" : "')\"'");
            }
            if (isOctal) {
                text.append('\\').append(Integer.toOctalString(Byte.toUnsignedInt(octet)));
            } else if (octet == '\'') {
                text.append("'\\''");
            } else {
                text.append((char) octet);
            }
        }
        return text.append(isOctal ? "')\"" : "'").toString();
    }
}
