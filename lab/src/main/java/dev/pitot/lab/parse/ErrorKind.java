package dev.pitot.lab.parse;

/// What a program's complaint means.
public enum ErrorKind {
    /// "No route to host", "Network is unreachable".
    NO_ROUTE,
    /// "Connection refused": no server runs there.
    REFUSED,
    /// "connect failed" for another reason.
    CONNECT_FAILED,
    /// "Address already in use": an older server still runs there. A warning.
    ADDRESS_IN_USE,
    /// The server runs another test ("the server is busy").
    BUSY,
    /// The program or its option is unknown on that node ("not found", "unrecognized option").
    NOT_RUNNABLE,
    /// Any other error that the program names itself ("iperf3: error - …", `"error"` in JSON).
    OTHER
}
