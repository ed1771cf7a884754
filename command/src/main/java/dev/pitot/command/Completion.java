package dev.pitot.command;

import dev.pitot.command.Option.Argument;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Scripts by which shells complete a command line, made from the table of options.
enum Completion {
    BASH("bash") {
        @Override
        String script() {
            String values = having(Completion::hasChoices).stream()
                    .map(option -> "        " + String.join("|", option.spellings()) + ") words='" + choices(option)
                            + "' ;;\n")
                    .collect(Collectors.joining());
            String files = joined(having(option -> option.value().isFile()), "|");
            return """
                    # bash completion for pitot and iperf3: source it, or put it into bash-completion's folder
                    _pitot() {
                        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=
                        if [[ $COMP_CWORD -gt 1 ]]; then
                            case ${COMP_WORDS[1]} in
                                exporter) COMPREPLY=($(compgen -W '%s' -- "$current")); return ;;
                                completion) COMPREPLY=($(compgen -W '%s' -- "$current")); return ;;
                                message) COMPREPLY=($(compgen -W '%s' -- "$current")); return ;;
                                lab) COMPREPLY=($(compgen -f -W '%s' -- "$current")); return ;;
                            esac
                        fi
                        case $previous in
                            %s) COMPREPLY=(); return ;; # bash's own completion of paths
                    %s        %s) COMPREPLY=(); return ;;
                        esac
                        if [[ -z $words ]]; then
                            words='%s'
                            [[ $COMP_CWORD -eq 1 ]] && words="$words %s"
                        fi
                        COMPREPLY=($(compgen -W "$words" -- "$current"))
                    }
                    complete -o default -F _pitot pitot ./pitot iperf3
                    """.formatted(
                            String.join(" ", EXPORTER.keySet()),
                            SHELLS,
                            MESSAGE_COMMANDS,
                            LAB_COMMANDS,
                            files,
                            values,
                            joined(having(Completion::hasOtherValue), "|"),
                            joined(OptionTable.ALL, " "),
                            COMMANDS);
        }
    },
    ZSH("zsh") {
        @Override
        String script() {
            String lines = OptionTable.ALL.stream()
                    .map(option -> option.spellings().stream()
                            .map(word -> "    '" + word + "[" + zshText(option.help()) + "]" + zshValue(option)
                                    + "'\n")
                            .collect(Collectors.joining()))
                    .collect(Collectors.joining());
            String exporter = EXPORTER.entrySet().stream()
                    .map(entry -> " '" + entry.getKey() + "[" + entry.getValue() + "]: : '")
                    .collect(Collectors.joining());
            return """
                    #compdef pitot iperf3
                    # zsh completion for pitot and iperf3: put it as _pitot into a folder of $fpath
                    _pitot() {
                      case $words[2] in
                        exporter) _arguments -S%s '1:command:(exporter)'; return ;;
                        completion) _arguments '1:command:(completion)' '2:shell:(%s)'; return ;;
                        message) _arguments '1:command:(message)' '2:kind:(%s)'; return ;;
                        lab) _arguments '1:command:(lab)' '2:kind:(%s)' '*:file:_files'; return ;;
                      esac
                      local -a options
                      options=(
                    %s  )
                      _arguments -S $options '1:command:(%s)'
                    }
                    if [ "$funcstack[1]" = _pitot ]; then _pitot "$@"; else compdef _pitot pitot iperf3; fi
                    """.formatted(exporter, SHELLS, MESSAGE_COMMANDS, LAB_COMMANDS, lines, COMMANDS);
        }
    },
    FISH("fish") {
        @Override
        String script() {
            return "# fish completion for pitot and iperf3: put it as pitot.fish into ~/.config/fish/completions\n"
                    + List.of("pitot", "iperf3").stream().map(Completion::fish).collect(Collectors.joining());
        }
    };

    private static final String COMMANDS = "loopback exporter message lab completion";
    private static final String SHELLS = "bash zsh fish";
    private static final String MESSAGE_COMMANDS = "serve ping flood";
    private static final String LAB_COMMANDS = "run check sample parse list";

    /// What `pitot exporter` takes.
    private static final Map<String, String> EXPORTER = new TreeMap<>(Map.of(
            "--listen", "where to serve",
            "--profile", "a kind of test that may be asked for",
            "--allow", "a target that may be probed",
            "--at-once", "how many probes may run together",
            "--longest", "the longest that a probe may take",
            "--help", "what these options mean"));

    private final String shell;

    Completion(String shell) {
        this.shell = shell;
    }

    /// The script for a shell.
    ///
    /// @throws UsageException if there is none for it
    static String of(String shell) throws UsageException {
        for (Completion completion : values()) {
            if (completion.shell.equals(shell)) {
                return completion.script();
            }
        }
        throw UsageException.parameter("completion is for bash, zsh or fish, not for '" + shell + "'");
    }

    abstract String script();

    private static List<Option> having(Predicate<Option> what) {
        return OptionTable.ALL.stream().filter(what).toList();
    }

    private static boolean hasChoices(Option option) {
        return !option.value().choices().isEmpty();
    }

    private static boolean hasOtherValue(Option option) {
        return option.argument() == Argument.REQUIRED && !option.value().isFile() && !hasChoices(option);
    }

    private static String choices(Option option) {
        return String.join(" ", option.value().choices());
    }

    private static String joined(List<Option> options, String separator) {
        return options.stream().flatMap(option -> option.spellings().stream()).collect(Collectors.joining(separator));
    }

    private static String zshValue(Option option) {
        if (option.argument() != Argument.REQUIRED) {
            return "";
        }
        if (option.value().isFile()) {
            return ":file:_files";
        }
        return hasChoices(option) ? ":value:(" + choices(option) + ")" : ":value: ";
    }

    private static String zshText(String text) {
        return text.replace("\\", "\\\\")
                .replace("'", "'\\''")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String fishText(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }

    private static String fish(String program) {
        String start = "complete -c " + program;
        var script = new StringBuilder(start + " -f\n");
        script.append(start + " -n __fish_is_first_token -a '" + COMMANDS + "'\n");
        script.append(start + " -n '__fish_seen_subcommand_from completion' -a '" + SHELLS + "'\n");
        script.append(start + " -n '__fish_seen_subcommand_from message' -a '" + MESSAGE_COMMANDS + "'\n");
        script.append(start + " -n '__fish_seen_subcommand_from lab' -a '" + LAB_COMMANDS + "' -F\n");
        EXPORTER.forEach((option, text) -> script.append(start + " -n '__fish_seen_subcommand_from exporter' -l "
                + option.substring(2) + " -x -d '" + text + "'\n"));
        for (Option option : OptionTable.ALL) {
            script.append(start).append(" -n 'not __fish_seen_subcommand_from exporter completion message lab'");
            if (option.hasLetter()) {
                script.append(" -s ").append(option.letter());
            }
            option.names().forEach(name -> script.append(" -l ").append(name));
            if (option.argument() == Argument.REQUIRED) {
                script.append(option.value().isFile() ? " -r -F" : " -x");
            }
            if (hasChoices(option)) {
                script.append(" -a '").append(choices(option)).append("'");
            }
            script.append(" -d '").append(fishText(option.help())).append("'\n");
        }
        return script.toString();
    }
}
