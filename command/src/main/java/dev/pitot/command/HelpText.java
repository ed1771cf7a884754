package dev.pitot.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What `--help` shows, within 80 columns.
final class HelpText {
    static final String COMPLETION = """
            Usage: pitot completion bash|zsh|fish
            Prints a script by which that shell completes command lines of pitot and iperf3:
              bash  pitot completion bash >~/.local/share/bash-completion/completions/pitot
              zsh   pitot completion zsh >_pitot, in a folder of $fpath
              fish  pitot completion fish >~/.config/fish/completions/pitot.fish
            """;

    private static final int COLUMNS = 80;
    private static final int TEXT_COLUMN = 28;
    private static final String INDENT = " ".repeat(TEXT_COLUMN);

    private HelpText() {}

    /// The whole help.
    static String all() {
        try (InputStream help = HelpText.class.getResourceAsStream("help.txt")) {
            byte[] text = Objects.requireNonNull(help, "help.txt is missing from the build")
                    .readAllBytes();
            return wrapped(new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The help of `loopback`.
    static String loopback(Set<Option> options) {
        var help = new StringBuilder("""
                Usage: pitot loopback [options]
                Runs a server and a client in one process and measures up and down, 5 seconds
                each unless -t says otherwise. With -J it prints one object that holds the
                document of each, "up" and "down".
                """);
        options.forEach(option ->
                HelpLine.lines(option).forEach(line -> help.append(line).append('\n')));
        return help.toString();
    }

    /// Lines that are too long go on in the column of the texts, and so do those that go on already.
    static String wrapped(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            boolean goesOn = isContinued(line) && !line.strip().startsWith("(") && !lines.isEmpty();
            lines.addAll(
                    wrappedLine(goesOn && hasText(lines.getLast()) ? lines.removeLast() + " " + line.strip() : line));
        }
        return String.join("\n", lines) + "\n";
    }

    private static boolean isContinued(String line) {
        return line.length() > TEXT_COLUMN && line.startsWith(INDENT);
    }

    /// Whether a line has a part of a text, not only an option whose name needs all the room.
    private static boolean hasText(String line) {
        return line.length() > TEXT_COLUMN && line.charAt(TEXT_COLUMN - 1) == ' ';
    }

    private static List<String> wrappedLine(String line) {
        List<String> lines = new ArrayList<>();
        String rest = line;
        while (rest.length() > COLUMNS && rest.lastIndexOf(' ', COLUMNS) > TEXT_COLUMN) {
            int blank = rest.lastIndexOf(' ', COLUMNS);
            lines.add(rest.substring(0, blank).stripTrailing());
            rest = (line.startsWith(" ") ? INDENT : "") + rest.substring(blank + 1);
        }
        lines.add(rest);
        return lines;
    }
}
