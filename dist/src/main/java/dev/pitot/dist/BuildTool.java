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
    /// @return its output, standard error included
    /// @throws PackagingException if it fails, with the end of its output
    static String run(Path folder, Map<String, String> variables, List<String> command)
            throws IOException, PackagingException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new PackagingException(
                        String.join(" ", command) + " failed with exit code " + code + ":\n" + output.strip());
            }
        } catch (InterruptedException _) {
            process.destroy();
            throw new PackagingException("interrupted: run ./package again.");
        }
        return output;
    }
}
