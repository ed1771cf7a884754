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
        var problems = new Problems(file.toString());
        String text = "";
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                tooLarge(problems);
            } else {
                text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        } catch (CharacterCodingException _) {
            problems.add(Place.START, "this is no UTF-8 text: save the plan as UTF-8");
        } catch (NoSuchFileException _) {
            problems.add(Place.START, "there is no such file");
        } catch (IOException e) {
            problems.add(Place.START, "this file cannot be read: " + e.getMessage());
        }
        problems.throwIfAny();
        return text;
    }

    /// @throws PlanException if a text is larger than a file may be
    static void checkSize(String name, String text) throws PlanException {
        if (text.length() > MOST_BYTES) {
            var problems = new Problems(name);
            tooLarge(problems);
            problems.throwIfAny();
        }
    }

    private static void tooLarge(Problems problems) {
        problems.add(Place.START, "a plan has at most " + (MOST_BYTES >> 20) + " MiB");
    }
}
