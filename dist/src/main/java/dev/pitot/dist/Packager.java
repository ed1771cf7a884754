package dev.pitot.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Program that makes every package, which ./package runs after the build: `Packager REPOSITORY OUTPUT`.
final class Packager {
    private Packager() {}

    public static void main(String[] args) throws IOException {
        try {
            Build build =
                    Build.of(Path.of(args[0]).toAbsolutePath(), Path.of(args[1]).toAbsolutePath());
            List<Path> packages = create(ProgramTree.create(build));
            List<String> sums = Checksums.write(build.packages(), packages);
            System.out.println("Packages in " + build.packages() + ":");
            for (int i = 0; i < packages.size(); i++) {
                double megabytes = Files.size(packages.get(i)) / 1e6;
                System.out.println(String.format(Locale.ROOT, "%7.1f MB  %s", megabytes, sums.get(i)));
            }
        } catch (PackagingException e) {
            System.err.println("package: " + e.getMessage());
            System.exit(1);
        }
    }

    /// Makes every kind of package of a tree.
    static List<Path> create(ProgramTree tree) throws IOException, PackagingException {
        List<Path> packages = new ArrayList<>();
        packages.add(Tarball.create(tree));
        packages.add(DebianPackage.create(tree));
        packages.add(ContainerImage.create(tree));
        packages.add(ComponentList.create(tree.build()));
        return packages;
    }
}
