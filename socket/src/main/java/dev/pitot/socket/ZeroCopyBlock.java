package dev.pitot.socket;

import java.io.Closeable;

/// Payload that the kernel can send without copying it from the program. Can be used only with the
/// family that created it.
public interface ZeroCopyBlock extends Closeable {
    /// Its length.
    int bytes();

    @Override
    void close();
}
