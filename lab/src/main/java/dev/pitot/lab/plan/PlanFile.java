package dev.pitot.lab.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The text of a file with a plan.
final class PlanFile {
    /// Larger files are no plans.
    static final int MOST_BYTES = 1 << 20;

    private PlanFile() {}

    /// @throws PlanException if it cannot be read, is too large or no UTF-8
    static String text(Path file) throws PlanException {
        var diagnostics = new Diagnostics(file.toString());
        String text = "";
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                tooLarge(diagnostics);
            } else {
                text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        } catch (CharacterCodingException _) {
            diagnostics.add(SourcePosition.START, "this is no UTF-8 text: save the plan as UTF-8");
        } catch (NoSuchFileException _) {
            diagnostics.add(SourcePosition.START, "there is no such file");
        } catch (IOException e) {
            diagnostics.add(SourcePosition.START, "this file cannot be read: " + e.getMessage());
        }
        diagnostics.throwIfAny();
        return text;
    }

    /// @throws PlanException if a text is larger than a file may be
    static void checkSize(String name, String text) throws PlanException {
        if (text.length() > MOST_BYTES) {
            var diagnostics = new Diagnostics(name);
            tooLarge(diagnostics);
            diagnostics.throwIfAny();
        }
    }

    private static void tooLarge(Diagnostics diagnostics) {
        diagnostics.add(SourcePosition.START, "a plan has at most " + (MOST_BYTES >> 20) + " MiB");
    }
}
