package dev.pitot.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Programs that packaging starts: a compiler, the packaged program itself.
final class BuildTool {
    private BuildTool() {}

    /// Runs a program to its end.
    ///
    /// @param variables added to the environment
    /// @return its output, standard error included
    /// @throws PackagingException if it fails, with its output
    static String run(Path folder, Map<String, String> variables, List<String> command)
            throws IOException, PackagingException {
        Process process = builder(folder, variables, command).start();
        process.getOutputStream().close();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new PackagingException(
                        String.join(" ", command) + " failed with exit code " + code + ":\n" + output.strip());
            }
            return output;
        } catch (InterruptedException _) {
            throw interrupted();
        } finally {
            process.destroyForcibly();
        }
    }

    /// Returns a program to start, whose standard error goes into its output.
    static ProcessBuilder builder(Path folder, Map<String, String> variables, List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(variables);
        return builder;
    }

    static PackagingException interrupted() {
        return new PackagingException("packaging was interrupted: run ./package again.");
    }
}
