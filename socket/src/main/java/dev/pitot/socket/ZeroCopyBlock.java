package dev.pitot.socket;

import java.io.Closeable;

/// A payload that the kernel can send without copying it from the program. Belongs to the family
/// that made it.
public interface ZeroCopyBlock extends Closeable {
    /// Its length.
    int bytes();

    @Override
    void close();
}
