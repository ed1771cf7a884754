package dev.pitot.lab.tool;

import dev.pitot.command.CommandLine;
import dev.pitot.command.Environment;
import dev.pitot.command.OutputOptions;
import dev.pitot.command.Request;
import dev.pitot.command.UsageException;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Limit;
import java.util.ArrayList;
import java.util.List;

/// Reads the options of a test by the reader that `pitot -c` uses, and refuses those that the lab
/// sets itself.
final class OptionReader {
    /// Stands for whatever address a server has (RFC 5737: TEST-NET-1).
    private static final String ANY_HOST = "192.0.2.1";

    /// A port that no server gets, so that a given one shows.
    private static final int NO_PORT = 1;

    private static final String PARAMETER_ERROR = "parameter error - ";

    private OptionReader() {}

    /// @param words a client's options without those that the lab sets itself
    /// @throws IllegalArgumentException in one sentence, if they ask for nothing that the lab
    /// can do
    static Request.Client read(List<String> words) {
        if (words.contains("--")) {
            throw new IllegalArgumentException("'--' ends the options: leave it out, the lab has more to say");
        }
        List<String> line = new ArrayList<>(List.of("-c", ANY_HOST, "-p", Integer.toString(NO_PORT)));
        line.addAll(words);
        try {
            Request request = CommandLine.parse(line, () -> null, Environment.NONE);
            if (!(request instanceof Request.Client client)) {
                throw new IllegalArgumentException("these options test nothing: leave out --help and --version");
            }
            refuseOwn(client);
            return client;
        } catch (UsageException e) {
            throw new IllegalArgumentException(complaint(String.valueOf(e.getMessage())), e);
        }
    }

    /// Without the words themselves: one of them may be a secret that is in the wrong place.
    private static String complaint(String message) {
        String first = message.lines().findFirst().orElse(message);
        String sentence = first.startsWith(PARAMETER_ERROR) ? first.substring(PARAMETER_ERROR.length()) : first;
        if (sentence.contains("server only") || sentence.contains("both server and client")) {
            sentence += ": the lab starts the servers itself, leave out options of servers such as -s, -D and -1";
        }
        return sentence;
    }

    private static void refuseOwn(Request.Client client) {
        ClientConfig config = client.config();
        OutputOptions output = client.settings().output();
        refuse(!config.server().host().equals(ANY_HOST), "--client", "the pair of nodes tells who is connected to");
        refuse(config.server().port() != NO_PORT, "--port", "the lab chooses a port");
        refuse(
                config.local().host() != null
                        || !config.local().sctp().addresses().isEmpty(),
                "--bind or --xbind",
                "give the node 'address' or 'interface'");
        refuse(config.local().device() != null, "--bind-dev", "give the node 'interface'");
        refuse(config.local().resources().file() != null, "--file", "the lab sends made-up data");
        refuse(
                output.form() != OutputOptions.Form.TEXT,
                "--json or --json-stream",
                "the lab asks for the most exact output by itself, and for text with 'output: {style: text}'");
        refuse(output.logFile() != null, "--logfile", "the lab keeps all output itself");
        refuse(client.settings().pidFile() != null, "--pidfile", "the lab notes processes itself");
        refuse(output.prefix().title() != null, "--title", "the test's name in the plan is its title");
        refuse(output.prefix().timestampFormat() != null, "--timestamps", "the lab keeps the time of each line itself");
        refuse(output.detail().debugLevel() > 0, "--debug", "it would stand among the figures");
        refuse(config.credentials() != null, "--username", "the lab's servers let everybody in");
        if (config.test().limit() instanceof Limit.Endless) {
            throw new IllegalArgumentException(
                    "a --time of 0 never ends: give a number of seconds, or --bytes or --blockcount");
        }
    }

    private static void refuse(boolean isGiven, String option, String instead) {
        if (isGiven) {
            throw new IllegalArgumentException("leave out " + option + ": " + instead);
        }
    }
}
