package dev.pitot.message;

import dev.pitot.message.FieldOrder.Build;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A dict of CPython 2.6 and 2.7 that was made of a literal with names as keys: gives the order in
/// which a walk through it finds them (`Objects/dictobject.c`,
/// `Objects/stringobject.c`).
final class Python2Dict {
    private static final int SMALLEST = 8; // PyDict_MINSIZE
    private static final int UNSIZED = 5; // _PyDict_NewPresized makes room beforehand for more
    private static final int PERTURB_SHIFT = 5;
    private static final long MULTIPLIER = 1_000_003; // string_hash
    private static final int GROWTH = 4; // PyDict_SetItem; half of it above 50,000 keys
    private static final int FREE = -1;

    private final long[] hashes;
    private int[] slots; // index of the name, or FREE
    private int used;

    private Python2Dict(long[] hashes) {
        this.hashes = hashes;
        this.slots = table(hashes.length > UNSIZED ? hashes.length : 0);
    }

    /// Returns the names in the order of the dict.
    ///
    /// @param names each once
    /// @throws IllegalArgumentException if one is not ASCII
    static List<String> order(List<String> names, Build build) {
        long[] hashes = new long[names.size()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = hash(names.get(i), build);
        }
        var dict = new Python2Dict(hashes);
        for (int i = 0; i < hashes.length; i++) {
            dict.insert(i);
        }
        List<String> order = new ArrayList<>(names.size());
        for (int slot : dict.slots) {
            if (slot != FREE) {
                order.add(names.get(slot));
            }
        }
        return List.copyOf(order);
    }

    private void insert(int name) {
        place(name);
        used++;
        if (used * 3 >= slots.length * 2) { // two thirds full
            int[] old = slots;
            slots = table(GROWTH * used);
            for (int slot : old) {
                if (slot != FREE) {
                    place(slot);
                }
            }
        }
    }

    /// `lookdict_string`, with the arithmetic of `size_t`: only the lower bits of `i` count, so
    /// that its own width does not; the width of the perturbation does.
    private void place(int name) {
        long mask = slots.length - 1L;
        long i = hashes[name];
        long perturb = hashes[name];
        while (slots[(int) (i & mask)] != FREE) {
            i = (i << 2) + i + perturb + 1;
            perturb >>>= PERTURB_SHIFT;
        }
        slots[(int) (i & mask)] = name;
    }

    /// `dictresize`: the first power of two above the wanted size.
    private static int[] table(int wanted) {
        int size = SMALLEST;
        while (size <= wanted) {
            size <<= 1;
        }
        int[] table = new int[size];
        Arrays.fill(table, FREE);
        return table;
    }

    /// `string_hash`, as it becomes a `size_t`.
    private static long hash(String name, Build build) {
        long hash = hashOf(name, build);
        long known = hash == -1 ? -2 : hash; // -1 means an error
        return build == Build.BITS_32 ? known & 0xFFFF_FFFFL : known;
    }

    private static long hashOf(String name, Build build) {
        long hash = (long) name.charAt(0) << 7;
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter >= 0x80) {
                throw new IllegalArgumentException("Python 2's order cannot be known for the name '" + name
                        + "', which is not ASCII: list the fields instead");
            }
            hash = (MULTIPLIER * hash) ^ letter;
        }
        hash ^= name.length();
        return build == Build.BITS_64 ? hash : (int) hash;
    }
}
