package dev.pitot.lab.node;

/// The programs that can measure on a node.
public enum EngineKind {
    PITOT("pitot"),
    IPERF3("iperf3"),
    IPERF2("iperf");

    private final String program;

    EngineKind(String program) {
        this.program = program;
    }

    /// What the program is called unless the node says otherwise.
    public String program() {
        return program;
    }
}
