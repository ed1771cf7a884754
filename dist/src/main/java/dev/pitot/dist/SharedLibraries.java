package dev.pitot.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Libraries of the system that the programs and libraries of a tree need, beside those in the tree itself.
///
/// @param names of the libraries, such as `libc.so.6`
/// @param glibc oldest version of the GNU C library that has every function that is linked, such as `2.17`
/// @param loaders paths of the programs that load them, such as `/lib64/ld-linux-x86-64.so.2`
record SharedLibraries(Set<String> names, String glibc, Set<String> loaders) {
    private static final String GLIBC = "GLIBC_";

    SharedLibraries {
        names = Set.copyOf(names);
        loaders = Set.copyOf(loaders);
    }

    /// Reads what all files of a tree are linked with.
    static SharedLibraries of(List<TreeEntry> entries) throws IOException {
        Set<String> own = new TreeSet<>();
        Set<String> needed = new TreeSet<>();
        Set<String> loaders = new TreeSet<>();
        List<String> versions = new ArrayList<>(List.of("2"));
        for (TreeEntry entry : entries) {
            if (entry instanceof TreeEntry.Content content) {
                ElfFile.read(content.content()).ifPresent(file -> {
                    own.add(content.content().getFileName().toString());
                    needed.addAll(file.needed());
                    versions.addAll(glibcVersions(file));
                    if (file.interpreter() != null) {
                        loaders.add(file.interpreter());
                    }
                });
            }
        }
        needed.removeAll(own);
        return new SharedLibraries(needed, newest(versions), loaders);
    }

    /// Returns the Debian packages that have these libraries, as in the field `Depends`.
    ///
    /// @throws PackagingException if the package of one is not known here
    String depends() throws PackagingException {
        Set<String> others = names.stream()
                .filter(name -> !name.matches("(libc|libm|libdl|libpthread|librt|ld-linux-[-\\w]+)\\.so\\.\\d"))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> packages = new ArrayList<>(List.of("libc6 (>= " + glibc + ")"));
        if (others.remove("libz.so.1")) {
            packages.add("zlib1g");
        }
        if (!others.isEmpty()) {
            throw new PackagingException(
                    "this Java needs " + String.join(", ", others)
                            + ": build with a JDK that brings its own libraries, or add their Debian packages to SharedLibraries.");
        }
        return String.join(", ", packages);
    }

    /// Returns the files of this machine that these libraries are, those that they need themselves, and
    /// the programs that load them, each with the path at which programs look for it.
    ///
    /// @throws PackagingException if one is not installed
    Map<String, Path> files() throws IOException, PackagingException {
        Map<String, Path> files = new TreeMap<>();
        for (String loader : loaders) {
            files.put(loader, Path.of(loader));
        }
        Set<String> known = loaders.stream()
                .map(loader -> loader.substring(loader.lastIndexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        Queue<String> waiting = new ArrayDeque<>(names);
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            if (known.add(name)) {
                Path file = find(name);
                files.put(file.toString(), file);
                ElfFile.read(file).ifPresent(library -> waiting.addAll(library.needed()));
            }
        }
        return files;
    }

    /// Looks for a library where the loader does: in the directory of the processor's kind, as Debian
    /// has it, or the common one.
    private static Path find(String name) throws PackagingException {
        String processor = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
        return List.of(
                        "/lib/" + processor + "-linux-gnu",
                        "/usr/lib/" + processor + "-linux-gnu",
                        "/lib64",
                        "/usr/lib64")
                .stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() ->
                        new PackagingException("this machine has no " + name + ", which Java needs: install it."));
    }

    private static List<String> glibcVersions(ElfFile file) {
        return file.versions().stream()
                .filter(version -> version.matches(GLIBC + "[\\d.]+"))
                .map(version -> version.substring(GLIBC.length()))
                .toList();
    }

    private static String newest(List<String> versions) {
        return versions.stream()
                .max(Comparator.comparing(Runtime.Version::parse))
                .orElseThrow();
    }
}
