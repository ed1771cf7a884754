package dev.pitot.dist;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The container image, as an archive for `docker load`. It is made from nothing: a layer with the few
/// libraries that the Java runtime needs, taken from the machine that builds, a layer with that
/// runtime, and one with the program.
final class ContainerImage {
    /// User and group of the program, which has the same number outside the container.
    private static final String USER = "10001:10001";

    private static final String LICENCES = "/usr/share/doc/";

    private final ProgramTree tree;
    private final Path sources;

    private ContainerImage(ProgramTree tree) {
        this.tree = tree;
        this.sources = tree.build().repository().resolve("dist/src/main/container");
    }

    /// Makes the archive.
    ///
    /// @return its file
    static Path create(ProgramTree tree) throws IOException, PackagingException {
        Build build = tree.build();
        String name =
                "pitot-" + build.version() + "-image-linux-" + build.platform().name() + ".tar";
        Path archive = build.unfinished().resolve(name);
        // jib would take layers of an earlier build from it: it compares paths and times, which stay the same.
        ProgramTree.delete(cache(build));
        var image = new ContainerImage(tree);
        try {
            image.writeTo(archive);
        } catch (InvalidImageReferenceException
                | CacheDirectoryCreationException
                | RegistryException
                | ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException _) {
            throw BuildTool.interrupted();
        }
        return archive;
    }

    private void writeTo(Path archive)
            throws IOException, PackagingException, InvalidImageReferenceException, CacheDirectoryCreationException,
                    RegistryException, ExecutionException, InterruptedException {
        Build build = tree.build();
        String version = build.version();
        Path cache = cache(build);
        Jib.fromScratch()
                .setPlatforms(Set.of(new Platform(build.platform().debianName(), "linux")))
                .setCreationTime(build.time())
                .addFileEntriesLayer(systemLayer())
                .addFileEntriesLayer(treeLayer("runtime", ContainerImage::isRuntime))
                .addFileEntriesLayer(treeLayer("program", path -> !isRuntime(path)))
                .setEnvironment(Map.of("PATH", "/usr/lib/pitot"))
                .setLabels(Map.of(
                        "org.opencontainers.image.title", "pitot",
                        "org.opencontainers.image.description", "Network measurements that speak iperf3's protocol",
                        "org.opencontainers.image.version", version,
                        "org.opencontainers.image.created", build.time().toString(),
                        "org.opencontainers.image.licenses", "Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0",
                        "org.opencontainers.image.source", "https://github.com/pitot-dev/pitot"))
                .setExposedPorts(Set.of(Port.tcp(5201), Port.udp(5201), Port.tcp(9579)))
                .setUser(USER)
                .setEntrypoint("/usr/" + ProgramTree.HOME + "/pitot")
                .containerize(Containerizer.to(TarImage.at(archive).named("pitot:" + version))
                        .withAdditionalTag("latest")
                        .setOfflineMode(true)
                        .setBaseImageLayersCache(cache)
                        .setApplicationLayersCache(cache));
    }

    private static Path cache(Build build) {
        return build.output().resolve("image-cache");
    }

    private static boolean isRuntime(String path) {
        return path.startsWith(ProgramTree.HOME + "/runtime/");
    }

    /// Returns the layer of what is not Pitot's: libraries, the character set UTF-8, and the files that
    /// a system has.
    private FileEntriesLayer systemLayer() throws IOException, PackagingException {
        var layer = FileEntriesLayer.builder().setName("system");
        for (Map.Entry<String, Path> library :
                SharedLibraries.of(tree.entries()).files().entrySet()) {
            add(layer, library.getValue(), library.getKey(), 0755);
        }
        Path utf8 = Path.of("/usr/lib/locale/C.utf8");
        requireFile(utf8.resolve("LC_CTYPE"));
        try (Stream<Path> files = Files.walk(utf8)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(layer, file, file.toString(), 0644);
            }
        }
        Path notice = Path.of(LICENCES + "libc6/copyright");
        requireFile(notice);
        add(layer, notice, notice.toString(), 0644);
        for (String name : new String[] {"passwd", "group", "nsswitch.conf"}) {
            add(layer, sources.resolve(name), "/etc/" + name, 0644);
        }
        add(layer, sources, "/tmp", 0777); // any directory
        return layer.build();
    }

    private FileEntriesLayer treeLayer(String name, Predicate<String> paths) throws IOException {
        var layer = FileEntriesLayer.builder().setName(name);
        for (TreeEntry entry : tree.entries()) {
            String path = entry.path();
            boolean isDocument = !path.contains("/");
            if (paths.test(path) && (isDocument || path.startsWith(ProgramTree.HOME + "/"))) {
                // No symbolic links in a layer of jib: the runtime's are licences that modules share.
                add(layer, tree.file(path), isDocument ? LICENCES + "pitot/" + path : "/usr/" + path, mode(entry));
            }
        }
        return layer.build();
    }

    private static int mode(TreeEntry entry) {
        return entry instanceof TreeEntry.Link ? 0644 : entry.mode();
    }

    private void add(FileEntriesLayer.Builder layer, Path file, String path, int mode) {
        layer.addEntry(
                file,
                AbsoluteUnixPath.get(path),
                FilePermissions.fromOctalString(Integer.toOctalString(mode)),
                tree.build().time());
    }

    private static void requireFile(Path file) throws PackagingException {
        if (!Files.exists(file)) {
            throw new PackagingException(
                    "the image needs " + file + ": build it on Debian 12, Ubuntu 22.04 or newer ones.");
        }
    }
}
