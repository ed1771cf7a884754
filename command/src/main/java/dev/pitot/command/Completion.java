package dev.pitot.command;

import dev.pitot.command.Option.Argument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scripts by which shells complete a command line, made from the table of options and from what Pitot's own
/// commands take.
public enum Completion {
    BASH("bash") {
        @Override
        public String script(List<CommandWords> own) {
            String values = CHOICES.entrySet().stream()
                    .map(entry -> "        " + String.join("|", words(entry.getKey())) + ") words='" + entry.getValue()
                            + "' ;;\n")
                    .collect(Collectors.joining());
            String found = LISTED.entrySet().stream()
                    .map(entry -> "        " + String.join("|", words(entry.getKey())) + ") words=$(" + entry.getValue()
                            + ") ;;\n")
                    .collect(Collectors.joining());
            return """
                    # bash completion for pitot and iperf3: source it, or put it into bash-completion's folder
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
                    complete -o default -F _pitot pitot ./pitot iperf3
                    """.formatted(
                            OwnCompletion.bash(own),
                            joined(FILES, "|"),
                            values,
                            found,
                            joined(withOtherValue(), "|"),
                            joined(options(), " "),
                            OwnCompletion.names(own));
        }
    },
    ZSH("zsh") {
        @Override
        public String script(List<CommandWords> own) {
            String lines = options().stream()
                    .map(option -> words(option).stream()
                            .map(word -> "    '" + word + "[" + OwnCompletion.zshText(HelpLine.of(option)) + "]"
                                    + zshValue(option) + "'\n")
                            .collect(Collectors.joining()))
                    .collect(Collectors.joining());
            return """
                    #compdef pitot iperf3
                    # zsh completion for pitot and iperf3: put it as _pitot into a folder of $fpath
                    _pitot() {
                    %s  local -a options
                      options=(
                    %s  )
                      _arguments -S $options '1:command:(%s)'
                    }
                    if [ "$funcstack[1]" = _pitot ]; then _pitot "$@"; else compdef _pitot pitot iperf3; fi
                    """.formatted(OwnCompletion.zsh(own), lines, OwnCompletion.names(own));
        }
    },
    FISH("fish") {
        @Override
        public String script(List<CommandWords> own) {
            return "# fish completion for pitot and iperf3: put it as pitot.fish into ~/.config/fish/completions\n"
                    + Stream.of("pitot", "iperf3")
                            .map(program -> fish(program, own))
                            .collect(Collectors.joining());
        }
    };

    /// Options whose value is one of few.
    private static final Map<Option, String> CHOICES = new EnumMap<>(Map.of(
            Option.FORMAT, "k m g t K M G T",
            Option.SOCKET, "linux portable",
            Option.METRICS_FORMAT, "jsonl csv influx prometheus",
            Option.METRICS_NAMES, "pitot iperf3-rs",
            Option.DSCP,
                    "af11 af12 af13 af21 af22 af23 af31 af32 af33 af41 af42 af43 cs1 cs2 cs3 cs4 cs5 cs6 cs7 ef va"
                            + " lowdelay throughput reliability"));

    /// Options whose values the machine knows, with what lists them in every shell.
    private static final Map<Option, String> LISTED = new EnumMap<>(Map.of(
            Option.CONGESTION, "cat /proc/sys/net/ipv4/tcp_available_congestion_control 2>/dev/null",
            Option.BIND_DEVICE, "ls /sys/class/net 2>/dev/null"));

    private static final List<Option> FILES = List.of(
            Option.FILE,
            Option.LOG_FILE,
            Option.PID_FILE,
            Option.RSA_PUBLIC_KEY_PATH,
            Option.RSA_PRIVATE_KEY_PATH,
            Option.AUTHORIZED_USERS_PATH,
            Option.PASSWORD_FILE,
            Option.METRICS_FILE,
            Option.PUSH_CA,
            Option.PUSH_TOKEN_FILE,
            Option.PUSH_PASSWORD_FILE);

    private final String shell;

    Completion(String shell) {
        this.shell = shell;
    }

    /// The completion of a shell.
    ///
    /// @throws UsageException if there is none for it
    public static Completion of(String shell) throws UsageException {
        for (Completion completion : values()) {
            if (completion.shell.equals(shell)) {
                return completion;
            }
        }
        throw UsageException.parameter("completion is for bash, zsh or fish, not for '" + shell + "'");
    }

    /// The script.
    ///
    /// @param own Pitot's own commands
    public abstract String script(List<CommandWords> own);

    private static List<Option> options() {
        return Arrays.asList(Option.values());
    }

    private static List<Option> withOtherValue() {
        return options().stream()
                .filter(option -> option.argument() == Argument.REQUIRED)
                .filter(option ->
                        !FILES.contains(option) && !CHOICES.containsKey(option) && !LISTED.containsKey(option))
                .toList();
    }

    /// How an option may be written.
    private static List<String> words(Option option) {
        List<String> words = new ArrayList<>();
        if (option.hasLetter()) {
            words.add("-" + option.letter());
        }
        option.names().forEach(name -> words.add("--" + name));
        return words;
    }

    private static String joined(List<Option> options, String separator) {
        return options.stream().flatMap(option -> words(option).stream()).collect(Collectors.joining(separator));
    }

    private static String zshValue(Option option) {
        if (option.argument() != Argument.REQUIRED) {
            return "";
        }
        if (FILES.contains(option)) {
            return ":file:_files";
        }
        if (LISTED.containsKey(option)) {
            return ":value:{compadd -- $(" + LISTED.get(option) + ")}";
        }
        return CHOICES.containsKey(option) ? ":value:(" + CHOICES.get(option) + ")" : ":value: ";
    }

    private static String fish(String program, List<CommandWords> own) {
        String start = "complete -c " + program;
        var script = new StringBuilder(start + " -f\n" + OwnCompletion.fish(start, own));
        String others = own.stream()
                .map(CommandWords::name)
                .filter(name -> !name.equals(CommandLine.LOOPBACK))
                .collect(Collectors.joining(" "));
        for (Option option : options()) {
            script.append(start).append(" -n 'not __fish_seen_subcommand_from " + others + "'");
            if (option.hasLetter()) {
                script.append(" -s ").append(option.letter());
            }
            option.names().forEach(name -> script.append(" -l ").append(name));
            if (option.argument() == Argument.REQUIRED) {
                script.append(FILES.contains(option) ? " -r -F" : " -x");
            }
            if (CHOICES.containsKey(option)) {
                script.append(" -a '").append(CHOICES.get(option)).append("'");
            } else if (LISTED.containsKey(option)) {
                script.append(" -a '(").append(LISTED.get(option)).append(" | string split -n \" \")'");
            }
            script.append(" -d '")
                    .append(OwnCompletion.fishText(HelpLine.of(option)))
                    .append("'\n");
        }
        return script.toString();
    }
}
