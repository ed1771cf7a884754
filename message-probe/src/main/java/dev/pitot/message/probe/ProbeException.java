package dev.pitot.message.probe;

import java.io.IOException;

/// Thrown if nothing could be measured. The message is a sentence that says why.
public final class ProbeException extends IOException {
    private static final long serialVersionUID = 1;

    ProbeException(String sentence) {
        super(sentence);
    }

    ProbeException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
