package dev.pitot.command;

import dev.pitot.command.Option.Argument;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Shell completion scripts, generated from the option table and from the words of Pitot's own
/// commands.
public enum Completion {
    BASH("bash") {
        @Override
        String script(List<CommandWords> own, List<String> programs) {
            String values = having(Completion::hasChoices).stream()
                    .map(option -> "        " + String.join("|", option.spellings()) + ") words='" + choices(option)
                            + "' ;;\n")
                    .collect(Collectors.joining());
            String found = having(Completion::isListed).stream()
                    .map(option -> "        " + String.join("|", option.spellings()) + ") words=$("
                            + option.value().listing() + ") ;;\n")
                    .collect(Collectors.joining());
            return """
                    # bash completion for %s: source it, or put it into bash-completion's folder
                    _pitot() {
                        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words= files=
                        local command=
                        [[ $COMP_CWORD -gt 1 ]] && command=${COMP_WORDS[1]}
                        [[ $COMP_CWORD -gt 2 ]] && command="$command ${COMP_WORDS[2]}"
                    %s    if [[ -n $words ]]; then
                            COMPREPLY=($(compgen $files -W "$words" -- "$current"))
                            return
                        fi
                        case $previous in
                            %s) COMPREPLY=(); return ;; # bash's own completion of paths
                    %s%s        %s) COMPREPLY=(); return ;;
                        esac
                        if [[ -z $words ]]; then
                            words='%s'
                            [[ $COMP_CWORD -eq 1 ]] && words="$words %s"
                        fi
                        COMPREPLY=($(compgen -W "$words" -- "$current"))
                    }
                    complete -o default -F _pitot ./pitot %s
                    """.formatted(
                            String.join(" and ", programs),
                            OwnCompletion.bash(own),
                            joined(having(option -> option.value().isFile()), "|"),
                            values,
                            found,
                            joined(having(Completion::hasOtherValue), "|"),
                            joined(OptionTable.ALL, " "),
                            OwnCompletion.names(own),
                            String.join(" ", programs));
        }
    },
    ZSH("zsh") {
        @Override
        String script(List<CommandWords> own, List<String> programs) {
            String lines = OptionTable.ALL.stream()
                    .map(option -> option.spellings().stream()
                            .map(word -> "    '" + word + "[" + OwnCompletion.zshText(option.help()) + "]"
                                    + zshValue(option) + "'\n")
                            .collect(Collectors.joining()))
                    .collect(Collectors.joining());
            return """
                    #compdef %s
                    # zsh completion for %s: put it as _pitot into a folder of $fpath
                    _pitot() {
                    %s  local -a options
                      options=(
                    %s  )
                      _arguments -S $options '1:command:(%s)'
                    }
                    if [ "$funcstack[1]" = _pitot ]; then _pitot "$@"; else compdef _pitot %s; fi
                    """.formatted(
                            String.join(" ", programs),
                            String.join(" and ", programs),
                            OwnCompletion.zsh(own),
                            lines,
                            OwnCompletion.names(own),
                            String.join(" ", programs));
        }
    },
    FISH("fish") {
        @Override
        String script(List<CommandWords> own, List<String> programs) {
            return "# fish completion for " + String.join(" and ", programs)
                    + ": put it as pitot.fish into ~/.config/fish/completions\n"
                    + programs.stream().map(program -> fish(program, own)).collect(Collectors.joining());
        }
    };

    private final String shell;

    Completion(String shell) {
        this.shell = shell;
    }

    /// Returns the completion of a shell.
    ///
    /// @throws UsageException if the shell is not supported
    public static Completion of(String shell) throws UsageException {
        for (Completion completion : values()) {
            if (completion.shell.equals(shell)) {
                return completion;
            }
        }
        throw UsageException.parameter("completion is for bash, zsh or fish, not for '" + shell + "'");
    }

    /// Returns the script for the program under both of its names, for those who replace iperf3 by Pitot.
    ///
    /// @param own Pitot's own commands
    public String script(List<CommandWords> own) {
        return script(own, List.of("pitot", "iperf3"));
    }

    /// Returns the script for a package, which leaves an installed iperf3 alone.
    ///
    /// @param own Pitot's own commands
    public String packagedScript(List<CommandWords> own) {
        return script(own, List.of("pitot"));
    }

    abstract String script(List<CommandWords> own, List<String> programs);

    private static List<Option> having(Predicate<Option> what) {
        return OptionTable.ALL.stream().filter(what).toList();
    }

    private static boolean hasChoices(Option option) {
        return !option.value().choices().isEmpty();
    }

    private static boolean isListed(Option option) {
        return option.value().listing() != null;
    }

    private static boolean hasOtherValue(Option option) {
        return option.argument() == Argument.REQUIRED
                && !option.value().isFile()
                && !hasChoices(option)
                && !isListed(option);
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
        if (isListed(option)) {
            return ":value:{compadd -- $(" + option.value().listing() + ")}";
        }
        return hasChoices(option) ? ":value:(" + choices(option) + ")" : ":value: ";
    }

    private static String fish(String program, List<CommandWords> own) {
        String start = "complete -c " + program;
        var script = new StringBuilder(start + " -f\n" + OwnCompletion.fish(start, own));
        String others = own.stream()
                .map(CommandWords::name)
                .filter(name -> !name.equals(CommandLine.LOOPBACK))
                .collect(Collectors.joining(" "));
        for (Option option : OptionTable.ALL) {
            script.append(start).append(" -n 'not __fish_seen_subcommand_from " + others + "'");
            if (option.hasLetter()) {
                script.append(" -s ").append(option.letter());
            }
            option.names().forEach(name -> script.append(" -l ").append(name));
            if (option.argument() == Argument.REQUIRED) {
                script.append(option.value().isFile() ? " -r -F" : " -x");
            }
            if (hasChoices(option)) {
                script.append(" -a '").append(choices(option)).append("'");
            } else if (isListed(option)) {
                script.append(" -a '(").append(option.value().listing()).append(" | string split -n \" \")'");
            }
            script.append(" -d '").append(OwnCompletion.fishText(option.help())).append("'\n");
        }
        return script.toString();
    }
}
