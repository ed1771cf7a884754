package dev.pitot.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Program that makes every package, which ./package runs after the build: `Packager REPOSITORY OUTPUT`.
final class Packager {
    private Packager() {}

    public static void main(String[] args) {
        try {
            Build build =
                    Build.of(Path.of(args[0]).toAbsolutePath(), Path.of(args[1]).toAbsolutePath());
            List<Path> packages = create(ProgramTree.create(build));
            List<String> sums = Files.readAllLines(build.packages().resolve(Checksums.FILE));
            System.out.println("Packages in " + build.packages() + ":");
            for (int i = 0; i < packages.size(); i++) {
                double megabytes = Files.size(packages.get(i)) / 1e6;
                System.out.println(String.format(Locale.ROOT, "%7.1f MB  %s", megabytes, sums.get(i)));
            }
        } catch (PackagingException e) {
            fail(e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            fail("a file cannot be read or written: " + e.getMessage());
        }
    }

    private static void fail(@Nullable String reason) {
        System.err.println("package: " + reason);
        System.exit(1);
    }

    /// Makes every kind of package of a tree, and their checksums, in place of packages that are there.
    static List<Path> create(ProgramTree tree) throws IOException, PackagingException {
        Build build = tree.build();
        ProgramTree.delete(build.packages());
        ProgramTree.delete(build.unfinished());
        Files.createDirectories(build.unfinished());
        List<Path> made = makeAll(tree);
        Checksums.write(build.unfinished(), made);
        Files.move(build.unfinished(), build.packages());
        return made.stream()
                .map(file -> build.packages().resolve(file.getFileName()))
                .toList();
    }

    /// Makes them side by side: each spends its time on compressing.
    private static List<Path> makeAll(ProgramTree tree) throws IOException, PackagingException {
        List<Callable<Path>> kinds = List.of(
                () -> Tarball.create(tree),
                () -> DebianPackage.create(tree),
                () -> ContainerImage.create(tree),
                () -> ComponentList.create(tree.build()));
        try (ExecutorService threads = Executors.newFixedThreadPool(kinds.size())) {
            List<Path> packages = new ArrayList<>();
            for (Future<Path> file : threads.invokeAll(kinds)) {
                packages.add(file.get());
            }
            return packages;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PackagingException reason) {
                throw reason;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException _) {
            throw BuildTool.interrupted();
        }
    }
}
