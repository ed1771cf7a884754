package dev.pitot.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;

/// What class files say that ArchUnit 1.5 does not pass on.
final class ClassFiles {
    private ClassFiles() {}

    /// Whether the type names those that may extend it.
    static boolean isSealed(JavaClass type) {
        Source source = type.getSource().orElseThrow();
        try (InputStream in = source.getUri().toURL().openStream()) {
            return ClassFile.of()
                    .parse(in.readAllBytes())
                    .findAttribute(Attributes.permittedSubclasses())
                    .isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
