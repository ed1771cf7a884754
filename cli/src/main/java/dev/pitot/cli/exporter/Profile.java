package dev.pitot.cli.exporter;

import dev.pitot.client.IperfArguments;
import dev.pitot.engine.ClientBuilder;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A named kind of test.
///
/// @param client the test, without a server
record Profile(String name, ClientBuilder client) {
    /// Default profile: takes half of Prometheus' default scrape timeout of 10 s.
    static final String DEFAULT = "default=-t 5";

    /// Placeholder for the server until a probe names one. RFC 2606 reserves the top-level name.
    private static final Endpoint NOBODY = new Endpoint("target.invalid", Endpoint.DEFAULT_PORT);

    /// Part of the message of [IperfArguments#client] about options that a client object does not
    /// support.
    private static final String FOR_PROGRAMS = " control the command's output:";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /// Parses `NAME=ARGUMENTS`, and reads the files with key and password that the arguments name.
    ///
    /// @throws IllegalArgumentException with a message that names the profile, if it is invalid
    static Profile parse(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "invalid value '" + name
                            + "' for --profile: NAME='ARGUMENTS', with letters, digits, '.', '_' and '-' in the name, is needed");
        }
        try {
            return new Profile(name, client(equals < 0 ? "" : text.substring(equals + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("profile " + name + ": " + reason(e), e);
        }
    }

    private static ClientBuilder client(String arguments) {
        List<String> words = new ArrayList<>(List.of("-c", NOBODY.host()));
        words.addAll(ShellWords.split(arguments));
        ClientBuilder client = IperfArguments.client(words);
        if (!client.config().server().equals(NOBODY)) {
            throw new IllegalArgumentException(
                    "-c and -p are not allowed in a profile: the probe's target has host and port");
        }
        if (client.config().test().limit() instanceof Limit.Endless) {
            throw new IllegalArgumentException("-t 0 never ends: a probe's test must end before the scrape does");
        }
        return client;
    }

    /// Returns the first line of the message: of two lines, it has the cause, and the second iperf3's
    /// name of the error.
    private static String reason(IllegalArgumentException e) {
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("invalid arguments");
        int shows = first.indexOf(FOR_PROGRAMS); // the rest is for programmers
        return shows < 0 ? first : first.substring(0, shows) + FOR_PROGRAMS + " a probe returns metrics only";
    }
}
