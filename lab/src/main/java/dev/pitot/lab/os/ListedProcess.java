package dev.pitot.lab.os;

/// A process as a node lists it.
///
/// @param pid 2 and up: the first process of a node is nobody's to end
/// @param program the program's own name, without folder and without `.exe`; a program in Java
/// is `java`, whatever started it; Linux keeps 15 characters
public record ListedProcess(long pid, String program) {
    /// Whether it runs this program: the whole name counts, `iperf` is not `iperf3`.
    public boolean runs(String name) {
        return program.equals(name);
    }
}
