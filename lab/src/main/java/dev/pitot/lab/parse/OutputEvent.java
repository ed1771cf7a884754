package dev.pitot.lab.parse;

/// What a line of a program's output says.
public sealed interface OutputEvent {
    /// A server waits for clients.
    record Listening() implements OutputEvent {}

    /// Figures.
    record Figures(Row row) implements OutputEvent {}

    /// The program complains.
    ///
    /// @param trouble what it means
    /// @param text as the program has it
    record Complaint(Trouble trouble, String text) implements OutputEvent {}

    /// The test that the program ran is over, as it says itself.
    record Ended() implements OutputEvent {}
}
