package dev.pitot.probe.rpm;

import java.io.IOException;

/// Thrown if nothing could be measured. The message is a sentence that says why.
public final class RpmException extends IOException {
    private static final long serialVersionUID = 1;

    RpmException(String sentence) {
        super(sentence);
    }

    RpmException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
