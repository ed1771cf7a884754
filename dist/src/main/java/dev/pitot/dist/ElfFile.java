package dev.pitot.dist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The dynamic section of a program or shared library, elf(5): 64 bits, little endian.
///
/// @param needed names of the shared libraries that it is linked with
/// @param versions versions of symbols that it needs of them, such as `GLIBC_2.17`
/// @param interpreter path of the program that loads it; null for a library
record ElfFile(
        List<String> needed,
        List<String> versions,
        @Nullable String interpreter) {
    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F', 2, 1};
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final long DT_VERNEED = 0x6ffffffe;
    private static final long DT_VERNEEDNUM = 0x6fffffff;

    ElfFile {
        needed = List.copyOf(needed);
        versions = List.copyOf(versions);
    }

    /// Reads a file; empty if it is something else.
    static Optional<ElfFile> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer start = ByteBuffer.allocate(MAGIC.length);
            channel.read(start);
            if (!start.flip().equals(ByteBuffer.wrap(MAGIC))) {
                return Optional.empty();
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return Optional.of(new Parser(bytes.order(ByteOrder.LITTLE_ENDIAN)).parse());
        }
    }

    /// Segment of the file, from a program header.
    private record Segment(int type, int offset, long address, long size) {
        boolean contains(long at) {
            return type == PT_LOAD && at >= address && at < address + size;
        }
    }

    private static final class Parser {
        private final ByteBuffer bytes;
        private final List<Segment> segments = new ArrayList<>();

        Parser(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        ElfFile parse() {
            int headers = (int) bytes.getLong(32);
            int headerSize = bytes.getShort(54);
            int count = bytes.getShort(56);
            for (int at = headers; at < headers + count * headerSize; at += headerSize) {
                segments.add(new Segment(
                        bytes.getInt(at), (int) bytes.getLong(at + 8), bytes.getLong(at + 16), bytes.getLong(at + 32)));
            }
            String interpreter = null;
            List<String> needed = List.of();
            List<String> versions = List.of();
            for (Segment segment : segments) {
                if (segment.type() == PT_INTERP) {
                    interpreter = text(segment.offset());
                } else if (segment.type() == PT_DYNAMIC) {
                    needed = needed(segment);
                    versions = versions(segment);
                }
            }
            return new ElfFile(needed, versions, interpreter);
        }

        private List<String> needed(Segment dynamic) {
            int texts = offset(value(dynamic, DT_STRTAB));
            return values(dynamic, DT_NEEDED).stream()
                    .map(name -> text(texts + (int) (long) name))
                    .toList();
        }

        /// Each library's entry has a list of the versions that are needed of it.
        private List<String> versions(Segment dynamic) {
            int texts = offset(value(dynamic, DT_STRTAB));
            List<String> names = new ArrayList<>();
            int library = offset(value(dynamic, DT_VERNEED));
            for (long i = value(dynamic, DT_VERNEEDNUM); i > 0; i--) {
                int version = library + bytes.getInt(library + 8);
                for (int j = bytes.getShort(library + 2); j > 0; j--) {
                    names.add(text(texts + bytes.getInt(version + 8)));
                    version += bytes.getInt(version + 12);
                }
                library += bytes.getInt(library + 12);
            }
            return names;
        }

        /// Returns the value of an entry that is there once at most; 0 if it is missing.
        private long value(Segment dynamic, long tag) {
            List<Long> values = values(dynamic, tag);
            return values.isEmpty() ? 0 : values.getFirst();
        }

        private List<Long> values(Segment dynamic, long tag) {
            List<Long> values = new ArrayList<>();
            for (int at = dynamic.offset(); at < dynamic.offset() + dynamic.size(); at += 16) {
                if (bytes.getLong(at) == tag) {
                    values.add(bytes.getLong(at + 8));
                }
            }
            return values;
        }

        /// Returns the place in the file of an address in memory.
        private int offset(long address) {
            return segments.stream()
                    .filter(segment -> segment.contains(address))
                    .findFirst()
                    .map(segment -> segment.offset() + (int) (address - segment.address()))
                    .orElse(0);
        }

        private String text(int offset) {
            int end = offset;
            while (bytes.get(end) != 0) {
                end++;
            }
            byte[] characters = new byte[end - offset];
            bytes.get(offset, characters);
            return new String(characters, StandardCharsets.UTF_8);
        }
    }
}
