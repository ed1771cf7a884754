package dev.pitot.dist;

/// The operating system and processor that packages are made for: those of the JDK that makes them, whose
/// runtime they contain.
///
/// @param name of the processor as in names of tarballs: x64, arm64
/// @param debianName of the processor as Debian and container images have it: amd64, arm64
record Platform(String name, String debianName) {
    /// Returns the platform of this JDK.
    ///
    /// @throws PackagingException if packages are not made for it
    static Platform current() throws PackagingException {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String system, String processor) throws PackagingException {
        if (system.equals("Linux") && processor.equals("amd64")) {
            return new Platform("x64", "amd64");
        }
        if (system.equals("Linux") && processor.equals("aarch64")) {
            return new Platform("arm64", "arm64");
        }
        throw new PackagingException("packages are made on Linux with an x64 or arm64 processor, not on " + system + " "
                + processor + ": run ./package there.");
    }
}
