package dev.pitot.lab.remote;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An error message of a program that does not reach a node, and advice for it.
///
/// @param fragment of the message, in lower case
/// @param advice what happened and what to do, to follow the connection's name
record KnownError(String fragment, String advice) {
    private static final String NO_ADB = "there is no adb; install Android's platform tools, or give its path";

    /// Of OpenSSH's client: sshconnect.c, sshconnect2.c, clientloop.c, packet.c, ssh.c and
    /// gai_strerror. The first that fits counts.
    static final List<KnownError> SSH = List.of(
            new KnownError(
                    "remote host identification has changed",
                    "its host key is not the one that is known; find out why, then take the new key into known_hosts"),
            new KnownError(
                    "host key verification failed",
                    "its host key is not known or not right; compare the key, log in once by hand with ssh"),
            new KnownError(
                    "permission denied",
                    "it does not let us in; check the login, and that ssh gets in without asking for a password"),
            new KnownError(
                    "too many authentication failures",
                    "it does not let us in after too many keys; name the right key as the identity"),
            new KnownError("could not resolve hostname", "there is no host of this name; check the name"),
            new KnownError("name or service not known", "there is no host of this name; check the name"),
            new KnownError("connection refused", "nobody listens there; check the port, and that sshd runs"),
            new KnownError("no route to host", "there is no route to it; check the control network"),
            new KnownError("network is unreachable", "there is no route to it; check the control network"),
            new KnownError("connection timed out", "it does not answer; check that it is on, and the control network"),
            new KnownError("operation timed out", "it does not answer; check that it is on, and the control network"),
            new KnownError("not responding", "it answers no more; check that it is on, and the control network"),
            new KnownError("connection reset", "the connection was reset; check the node and the control network"),
            new KnownError("broken pipe", "the connection broke; check the node and the control network"),
            new KnownError("closed by remote host", "the node closed the connection; see its log"),
            new KnownError("connection closed by", "the node closed the connection; see its log"),
            new KnownError("kex_exchange_identification", "what listens there does not speak ssh; check the port"),
            new KnownError("administratively prohibited", "the node permits no more sessions; see its MaxSessions"),
            new KnownError("open failed", "the node permits no more sessions; see its MaxSessions"),
            new KnownError("unprotected private key file", "others can read the private key; chmod 600 helps"),
            new KnownError("bad configuration option", "ssh does not know one of its options; check them in the plan"));

    /// Of `adb`: client/main.cpp and transport.cpp of Android's platform tools, and a shell that
    /// finds no `adb`.
    static final List<KnownError> ADB = List.of(
            new KnownError("unauthorized", "the device has not authorised this computer; confirm it on its screen"),
            new KnownError("more than one device", "adb sees several devices; give the serial number in the plan"),
            new KnownError("device offline", "the device is offline for adb; plug it in again"),
            new KnownError("no devices", "adb sees no device; plug it in and permit USB debugging"),
            new KnownError("device still", "adb is not ready with the device; try again in a moment"),
            new KnownError("no permissions", "adb may not use the device; see the udev rules of this computer"),
            new KnownError("cannot connect to daemon", "adb's own server does not run; try `adb start-server` by hand"),
            new KnownError("command not found", NO_ADB),
            new KnownError(": not found", NO_ADB),
            new KnownError("no such file", NO_ADB),
            new KnownError("not recognized as", NO_ADB),
            new KnownError("not found", "adb does not see the device; check the serial number with `adb devices`"),
            new KnownError("error: closed", "the device closed the connection; plug it in again"));

    /// A sentence without its end, for the first known message in a program's output.
    ///
    /// @param output its last lines
    /// @return null if it has none of them
    static @Nullable String adviceFor(List<KnownError> all, List<String> output) {
        for (KnownError words : all) {
            for (String line : output) {
                if (line.toLowerCase(Locale.ROOT).contains(words.fragment)) {
                    return words.advice;
                }
            }
        }
        return null;
    }
}
