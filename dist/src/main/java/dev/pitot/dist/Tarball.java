package dev.pitot.dist;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/// The archive that a user unpacks anywhere: the tree in one directory, `pitot-VERSION-linux-x64`. It depends
/// on nothing but the tree: entries are sorted and belong to root.
final class Tarball {
    private Tarball() {}

    /// Makes the archive.
    ///
    /// @return its file
    static Path create(ProgramTree tree) throws IOException {
        Build build = tree.build();
        String name = "pitot-" + build.version() + "-linux-" + build.platform().name();
        Path archive = build.unfinished().resolve(name + ".tar.gz");
        try (var file = new BufferedOutputStream(Files.newOutputStream(archive));
                var gzip = new GzipCompressorOutputStream(file, parameters());
                var tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            add(tar, new TreeEntry.Folder(name), name, build);
            for (TreeEntry entry : tree.entries()) {
                add(tar, entry, name + "/" + entry.path(), build);
            }
        }
        return archive;
    }

    private static GzipParameters parameters() {
        var parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
        return parameters;
    }

    private static void add(TarArchiveOutputStream tar, TreeEntry entry, String path, Build build) throws IOException {
        var header = switch (entry) {
            case TreeEntry.Folder _ -> new TarArchiveEntry(path + "/");
            case TreeEntry.Content _ -> new TarArchiveEntry(path);
            case TreeEntry.Link link -> {
                var symbolic = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
                symbolic.setLinkName(link.target());
                yield symbolic;
            }
        };
        header.setMode(entry.mode());
        header.setIds(0, 0);
        header.setNames("root", "root");
        header.setLastModifiedTime(FileTime.from(build.time()));
        if (entry instanceof TreeEntry.Content file) {
            header.setSize(Files.size(file.content()));
            tar.putArchiveEntry(header);
            Files.copy(file.content(), tar);
        } else {
            tar.putArchiveEntry(header);
        }
        tar.closeArchiveEntry();
    }
}
