package dev.pitot.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Text of `--help`, within 80 columns: a template with four lists of options, each generated from the
/// rows of its table.
final class HelpText {
    static final String COMPLETION = """
            Usage: pitot completion bash|zsh|fish
            Prints the completion script of pitot and iperf3 for that shell:
              bash  pitot completion bash >~/.local/share/bash-completion/completions/pitot
              zsh   pitot completion zsh >_pitot, in a folder of $fpath
              fish  pitot completion fish >~/.config/fish/completions/pitot.fish
            """;

    private static final int WIDTH = 80;
    private static final int TEXT_COLUMN = 28;

    private HelpText() {}

    /// Returns the whole help.
    static String all() {
        return template()
                .replace("{common options}", lines(OptionTable.COMMON))
                .replace("{server options}", lines(OptionTable.SERVER))
                .replace("{client options}", lines(OptionTable.CLIENT))
                .replace("{metrics options}", lines(OptionTable.METRICS));
    }

    /// Returns the help of `loopback`.
    static String loopback() {
        return """
                Usage: pitot loopback [options]
                Runs a server and a client in one process and measures up and down, 5 seconds
                each unless -t says otherwise. With -J it prints one object that holds the
                document of each, "up" and "down".
                """ + lines(OptionTable.LOOPBACK) + "\n";
    }

    private static String template() {
        try (InputStream help = HelpText.class.getResourceAsStream("help.txt")) {
            return new String(
                    Objects.requireNonNull(help, "help.txt is missing from the build")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lines(List<Option> options) {
        return options.stream().map(HelpText::lines).collect(Collectors.joining("\n"));
    }

    /// Formats one option: its spellings, and its description beside or below them.
    private static String lines(Option option) {
        String label = "  " + (option.hasLetter() ? "-" + option.letter() + ", " : "") + option
                + option.value().label();
        var text = new StringBuilder(label);
        int column = label.length();
        boolean isFirst = true;
        for (String word : option.help().split(" ", -1)) {
            boolean isFull = column + 1 + word.length() > WIDTH;
            if (isFull || (isFirst && column >= TEXT_COLUMN)) {
                text.append('\n');
                column = 0;
                isFirst = true;
            }
            int gap = isFirst ? TEXT_COLUMN - column : 1;
            text.repeat(' ', gap).append(word);
            column += gap + word.length();
            isFirst = false;
        }
        return text.toString();
    }
}
