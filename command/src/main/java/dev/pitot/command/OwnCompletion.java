package dev.pitot.command;

import dev.pitot.command.CommandWords.Flag;
import dev.pitot.command.CommandWords.Value;
import java.util.List;
import java.util.stream.Collectors;

/// Parts of [Completion]'s scripts that complete Pitot's own commands.
final class OwnCompletion {
    private OwnCompletion() {}

    /// Names of all commands, separated by blanks.
    static String names(List<CommandWords> own) {
        return own.stream().map(CommandWords::name).collect(Collectors.joining(" "));
    }

    /// Generates bash code that sets `words` and `files` by `command`, or returns if the value cannot
    /// be listed.
    static String bash(List<CommandWords> own) {
        var script = new StringBuilder("    case \"$command $previous\" in\n");
        for (CommandWords command : own) {
            command.commands().forEach(sub -> bashValues(script, "'" + command.name() + " " + sub.name() + " ", sub));
            bashValues(script, "'" + command.name() + " '*' ", command);
        }
        script.append("    esac\n    [[ -n $words ]] || case $command in\n");
        for (CommandWords command : own) {
            for (CommandWords sub : command.commands()) {
                bashWords(script, "'" + command.name() + " " + sub.name() + "'", sub);
            }
            if (!command.flags().isEmpty() || !command.commands().isEmpty()) {
                bashWords(script, command.name() + "|'" + command.name() + " '*", command);
            }
        }
        return script.append("    esac\n").toString();
    }

    private static void bashValues(StringBuilder script, String prefix, CommandWords command) {
        for (Flag flag : command.flags()) {
            if (flag.value() != Value.NONE) {
                String patterns =
                        flag.names().stream().map(name -> prefix + name + "'").collect(Collectors.joining("|"));
                String action = flag.choices().isEmpty()
                        ? "COMPREPLY=(); return"
                        : "words='" + String.join(" ", flag.choices()) + "'";
                script.append("        ")
                        .append(patterns)
                        .append(") ")
                        .append(action)
                        .append(" ;;\n");
            }
        }
    }

    private static void bashWords(StringBuilder script, String pattern, CommandWords command) {
        String action = words(command).isEmpty()
                ? "COMPREPLY=(); return"
                : "words='" + String.join(" ", words(command)) + "'" + (command.takesFiles() ? " files=-f" : "");
        script.append("        ").append(pattern).append(") ").append(action).append(" ;;\n");
    }

    private static List<String> words(CommandWords command) {
        return command.commands().isEmpty()
                ? command.flags().stream()
                        .flatMap(flag -> flag.names().stream())
                        .toList()
                : command.commands().stream().map(CommandWords::name).toList();
    }

    /// Generates zsh code that completes one of the commands and returns.
    static String zsh(List<CommandWords> own) {
        var script = new StringBuilder("  case \"$words[2] $words[3]\" in\n");
        for (CommandWords command : own) {
            String kinds = command.commands().isEmpty() ? "" : " '2:kind:(" + String.join(" ", words(command)) + ")'";
            for (CommandWords sub : command.commands()) {
                zsh(script, "'" + command.name() + " " + sub.name() + "'", sub, command.name(), kinds);
            }
            if (!command.flags().isEmpty() || !command.commands().isEmpty()) {
                zsh(script, "'" + command.name() + " '*", command, command.name(), kinds);
            }
        }
        return script.append("  esac\n").toString();
    }

    private static void zsh(StringBuilder script, String pattern, CommandWords command, String name, String kinds) {
        script.append("    ").append(pattern).append(") _arguments -S");
        for (Flag flag : command.flags()) {
            for (String word : flag.names()) {
                script.append(" '" + word + "[" + zshText(flag.text()) + "]" + zshValue(flag) + "'");
            }
        }
        script.append(" '1:command:(" + name + ")'" + kinds);
        script.append(command.takesFiles() ? " '*:file:_files'; return ;;\n" : "; return ;;\n");
    }

    private static String zshValue(Flag flag) {
        return switch (flag.value()) {
            case NONE -> "";
            case FILE -> ":file:_files";
            case TEXT -> flag.choices().isEmpty() ? ":value: " : ":value:(" + String.join(" ", flag.choices()) + ")";
        };
    }

    static String zshText(String text) {
        return text.replace("\\", "\\\\")
                .replace("'", "'\\''")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    /// @param start `complete -c` with the program's name
    static String fish(String start, List<CommandWords> own) {
        var script = new StringBuilder(start + " -n __fish_is_first_token -a '" + names(own) + "'\n");
        for (CommandWords command : own) {
            String seen = "__fish_seen_subcommand_from " + command.name();
            if (!command.commands().isEmpty()) {
                String kinds = String.join(" ", words(command));
                script.append(start + " -n '" + seen + "; and not __fish_seen_subcommand_from " + kinds + "' -a '"
                        + kinds + "'\n");
            }
            fish(script, start, seen, command);
            for (CommandWords sub : command.commands()) {
                fish(script, start, seen + "; and __fish_seen_subcommand_from " + sub.name(), sub);
            }
        }
        return script.toString();
    }

    private static void fish(StringBuilder script, String start, String condition, CommandWords command) {
        if (command.takesFiles()) {
            script.append(start + " -n '" + condition + "' -F\n");
        }
        for (Flag flag : command.flags()) {
            script.append(start + " -n '" + condition + "'");
            for (String name : flag.names()) {
                script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            script.append(
                    switch (flag.value()) {
                        case NONE -> "";
                        case FILE -> " -r -F";
                        case TEXT ->
                            flag.choices().isEmpty() ? " -x" : " -x -a '" + String.join(" ", flag.choices()) + "'";
                    });
            script.append(" -d '" + fishText(flag.text()) + "'\n");
        }
    }

    static String fishText(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
