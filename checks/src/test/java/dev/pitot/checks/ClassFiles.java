package dev.pitot.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;

/// Attributes of class files that ArchUnit 1.5 does not provide.
final class ClassFiles {
    private ClassFiles() {}

    /// True if the type is sealed.
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
