package dev.pitot.cli.run;

import dev.pitot.model.text.SurrogateEscape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Command line and environment variables of this process, as the bytes that the system has. Java
/// decodes them in the locale's character set and loses characters that it lacks: everything but ASCII
/// in the locales C and POSIX. Without proc(5), Java's decoded texts are used.
public final class ProcessText {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline"); // each word ends with a NUL
    private static final Path VARIABLES = Path.of("/proc/self/environ"); // each ends with a NUL

    private ProcessText() {}

    /// Returns the program's arguments.
    ///
    /// @param decoded the arguments as Java decoded them
    public static List<String> arguments(String[] decoded) {
        List<String> arguments = List.of(decoded);
        if (arguments.stream().allMatch(ProcessText::isAscii)) {
            return arguments;
        }
        try {
            List<String> words = words();
            return words.subList(words.size() - decoded.length, words.size());
        } catch (IOException _) { // another system
            return arguments;
        }
    }

    /// Returns a variable's value at the start of the process, or null if it was not set.
    public static @Nullable String variable(String name) {
        String decoded = System.getenv(name);
        if (decoded == null || isAscii(decoded)) {
            return decoded;
        }
        try {
            return read(VARIABLES).stream()
                    .filter(entry -> entry.startsWith(name + "="))
                    .findFirst()
                    .map(entry -> entry.substring(name.length() + 1))
                    .orElse(decoded);
        } catch (IOException _) { // another system
            return decoded;
        }
    }

    /// Returns the whole command line: the JVM, its options, the program and its arguments.
    ///
    /// @throws IOException if this system does not provide it
    static List<String> words() throws IOException {
        return read(COMMAND_LINE);
    }

    private static List<String> read(Path file) throws IOException {
        String[] texts = SurrogateEscape.decode(Files.readAllBytes(file)).split("\0", -1);
        return Arrays.asList(texts).subList(0, texts.length - 1); // no word after the last NUL
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
