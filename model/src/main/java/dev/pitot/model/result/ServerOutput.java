package dev.pitot.model.result;

/// Output of a server, sent back to a client that requested it.
public sealed interface ServerOutput {
    /// Lines as the server printed them.
    record Text(String lines) implements ServerOutput {}

    /// A JSON object as the server wrote it, in compact form.
    record Json(String document) implements ServerOutput {}
}
