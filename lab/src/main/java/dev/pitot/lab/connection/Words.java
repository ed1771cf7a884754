package dev.pitot.lab.connection;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a program says when it does not reach a node, and what a person can do about it.
///
/// @param part of what the program says, in lower case
/// @param advice what happened and what to do, to follow the connection's name
record Words(String part, String advice) {
    private static final String NO_ADB = "there is no adb; install Android's platform tools, or give its path";

    /// Of OpenSSH's client: sshconnect.c, sshconnect2.c, clientloop.c, packet.c, ssh.c and
    /// gai_strerror. The first that fits counts.
    static final List<Words> SSH = List.of(
            new Words(
                    "remote host identification has changed",
                    "its host key is not the one that is known; find out why, then take the new key into known_hosts"),
            new Words(
                    "host key verification failed",
                    "its host key is not known or not right; compare the key, log in once by hand with ssh"),
            new Words(
                    "permission denied",
                    "it does not let us in; check the login, and that ssh gets in without asking for a password"),
            new Words(
                    "too many authentication failures",
                    "it does not let us in after too many keys; name the right key as the identity"),
            new Words("could not resolve hostname", "there is no host of this name; check the name"),
            new Words("name or service not known", "there is no host of this name; check the name"),
            new Words("connection refused", "nobody listens there; check the port, and that sshd runs"),
            new Words("no route to host", "there is no route to it; check the control network"),
            new Words("network is unreachable", "there is no route to it; check the control network"),
            new Words("connection timed out", "it does not answer; check that it is on, and the control network"),
            new Words("operation timed out", "it does not answer; check that it is on, and the control network"),
            new Words("not responding", "it answers no more; check that it is on, and the control network"),
            new Words("connection reset", "the connection was reset; check the node and the control network"),
            new Words("broken pipe", "the connection broke; check the node and the control network"),
            new Words("closed by remote host", "the node closed the connection; see its log"),
            new Words("connection closed by", "the node closed the connection; see its log"),
            new Words("kex_exchange_identification", "what listens there does not speak ssh; check the port"),
            new Words("administratively prohibited", "the node permits no more sessions; see its MaxSessions"),
            new Words("open failed", "the node permits no more sessions; see its MaxSessions"),
            new Words("unprotected private key file", "others can read the private key; chmod 600 helps"),
            new Words("bad configuration option", "ssh does not know one of its options; check them in the plan"));

    /// Of `adb`: client/main.cpp and transport.cpp of Android's platform tools, and a shell that
    /// finds no `adb`.
    static final List<Words> ADB = List.of(
            new Words("unauthorized", "the device has not authorised this computer; confirm it on its screen"),
            new Words("more than one device", "adb sees several devices; give the serial number in the plan"),
            new Words("device offline", "the device is offline for adb; plug it in again"),
            new Words("no devices", "adb sees no device; plug it in and permit USB debugging"),
            new Words("device still", "adb is not ready with the device; try again in a moment"),
            new Words("no permissions", "adb may not use the device; see the udev rules of this computer"),
            new Words("cannot connect to daemon", "adb's own server does not run; try `adb start-server` by hand"),
            new Words("command not found", NO_ADB),
            new Words(": not found", NO_ADB),
            new Words("no such file", NO_ADB),
            new Words("not recognized as", NO_ADB),
            new Words("not found", "adb does not see the device; check the serial number with `adb devices`"),
            new Words("error: closed", "the device closed the connection; plug it in again"));

    /// A sentence without its end, for the first of the words that a program has said.
    ///
    /// @param said its last lines
    /// @return null if it said none of them
    static @Nullable String adviceFor(List<Words> all, List<String> said) {
        for (Words words : all) {
            for (String line : said) {
                if (line.toLowerCase(Locale.ROOT).contains(words.part)) {
                    return words.advice;
                }
            }
        }
        return null;
    }
}
