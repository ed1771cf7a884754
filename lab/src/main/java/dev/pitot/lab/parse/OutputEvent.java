package dev.pitot.lab.parse;

/// What a line of a program's output says.
public sealed interface OutputEvent {
    /// A server waits for clients.
    record Listening() implements OutputEvent {}

    /// Figures.
    record Values(Row row) implements OutputEvent {}

    /// The program complains.
    ///
    /// @param kind what it means
    /// @param text as the program has it
    record ProgramError(ErrorKind kind, String text) implements OutputEvent {}

    /// The test that the program ran is over, as it says itself.
    record Ended() implements OutputEvent {}
}
