package dev.pitot.message;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The order of a message's fields on the wire. Nothing on the wire says it: both ends must
/// have the same. legume takes the order in which Python walks through the dict that defines the
/// message, which depends on the Python.
public sealed interface FieldOrder {
    /// As in the definition: Python 3.7 and later, messages of one field or none, and Pitot.
    FieldOrder DECLARED = new Declared();

    /// CPython 2.6 and 2.7 of whatever build; definitions whose order depends on the build are
    /// refused.
    static FieldOrder python2() {
        return new Python2(EnumSet.allOf(Build.class));
    }

    /// CPython 2.6 and 2.7 of one build.
    static FieldOrder python2(Build build) {
        return new Python2(Set.of(build));
    }

    /// The given one: for orders that are known by other means (a capture, `print` of the dict).
    static FieldOrder listed(String... names) {
        return new Listed(List.of(names));
    }

    /// Returns the names in the order of the wire.
    ///
    /// @param declared the names in the order of the definition
    /// @throws IllegalArgumentException with one sentence if this order does not suit them
    List<String> arrange(List<String> declared);

    /// A build of Python, as far as a dict depends on it: the width of a hash and of an index.
    enum Build {
        /// Both have 64 bits: Linux, macOS and BSD on 64-bit machines. Checked against 2.7.18.
        BITS_64,
        /// Both have 32 bits. Emulated, not measured.
        BITS_32,
        /// A hash has 32 bits, an index 64: 64-bit Windows. Emulated, not measured.
        WINDOWS_64
    }

    /// As in the definition.
    record Declared() implements FieldOrder {
        @Override
        public List<String> arrange(List<String> declared) {
            return List.copyOf(declared);
        }
    }

    /// The order of a dict literal in CPython 2.6 and 2.7, run without `-R`. It cannot be known
    /// for names that are not ASCII (their bytes depend on the encoding of the source file),
    /// nor for a dict that was not written as a literal: list the fields then.
    ///
    /// @param builds those that must agree; at least one
    record Python2(Set<Build> builds) implements FieldOrder {
        /// @throws IllegalArgumentException without any build
        public Python2 {
            builds = Set.copyOf(builds);
            if (builds.isEmpty()) {
                throw new IllegalArgumentException("an order of Python 2 needs a build of it");
            }
        }

        @Override
        public List<String> arrange(List<String> declared) {
            Set<List<String>> orders = new HashSet<>();
            for (Build build : builds) {
                orders.add(Python2Dict.order(declared, build));
            }
            if (orders.size() > 1) {
                throw new IllegalArgumentException("the order of the fields differs between the builds of Python 2 "
                        + new TreeSet<>(builds)
                        + ": choose the one that the peers run, or list the fields");
            }
            return orders.iterator().next();
        }
    }

    /// The given one.
    ///
    /// @param names all fields, each once
    record Listed(List<String> names) implements FieldOrder {
        /// Copies the list.
        public Listed {
            names = List.copyOf(names);
        }

        @Override
        public List<String> arrange(List<String> declared) {
            if (names.size() != declared.size() || !Set.copyOf(names).equals(Set.copyOf(declared))) {
                throw new IllegalArgumentException(
                        "the order lists " + names + ", but must list each of " + declared + " once");
            }
            return names;
        }
    }
}
