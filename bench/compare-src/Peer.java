import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A program with iperf3's options.
///
/// @param file the program
/// @param name for the tables
/// @param help its help text, which tells what it can do
record Peer(Path file, String name, String help) {
    static Peer of(Path file) throws IOException, InterruptedException {
        String version = output(file.toString(), "--version").lines().findFirst().orElse("?");
        String help = output(file.toString(), "--help");
        boolean isPitot = version.toLowerCase().startsWith("pitot");
        String[] words = version.split(" ");
        return new Peer(file, isPitot ? "Pitot" : "iperf3 " + (words.length > 1 ? words[1] : "?"), help);
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    boolean isPitot() {
        return name.equals("Pitot");
    }

    boolean can(Row row) {
        return row.option().isEmpty() || help.contains(row.option());
    }
}
