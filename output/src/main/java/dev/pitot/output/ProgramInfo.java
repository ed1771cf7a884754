package dev.pitot.output;

import java.util.List;

/// Name and version of the program and of the system it runs on.
///
/// @param version the program's name and version, for example `iperf 3.21 (Pitot 0.1.0)`
/// @param systemInfo the system's name and version, similar to `uname -a`
public record ProgramInfo(String version, String systemInfo) {
    /// Returns the lines that `-V` prints first. A client's text reporter prints it with its first
    /// event; a server prints it once when it starts, before its first test.
    public List<String> lines() {
        return List.of(version, systemInfo);
    }
}
