package dev.pitot.lab.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Makes a new file and opens it. Any thread may use it.
@FunctionalInterface
interface FileOpener {
    /// On a disk. The stream has no buffer, so what was written is the system's and outlives this
    /// process; and interrupting a thread that writes does not close it, as it would a channel.
    /// Nothing is ever overwritten.
    FileOpener ON_DISK = path -> Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /// Makes the file.
    ///
    /// @throws FileAlreadyExistsException if there is something of that name already
    OutputStream open(Path path) throws IOException;
}
