package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Socket filter of four BPF instructions that drops long datagrams before they take space in the
/// socket's buffer (SO_ATTACH_FILTER; networking/filter.rst of the kernel).
final class LengthFilter {
    private static final int SO_ATTACH_FILTER = 26; // asm-generic/socket.h
    private static final int UDP_HEADER_BYTES = 8; // RFC 768; included in the kernel's length

    // linux/bpf_common.h
    private static final short LOAD_LENGTH = 0x80; // BPF_LD | BPF_W | BPF_LEN
    private static final short JUMP_IF_GREATER = 0x25; // BPF_JMP | BPF_JGT | BPF_K
    private static final short RETURN = 0x06; // BPF_RET | BPF_K

    // struct sock_filter: code (16 bits), two jumps (8 bits each), k (32 bits)
    private static final int INSTRUCTION_BYTES = 8;
    private static final int JUMP_TRUE_OFFSET = 2;
    private static final int CONSTANT_OFFSET = 4;

    // struct sock_fprog: count (16 bits), pointer
    private static final int PROGRAM_BYTES = 16;
    private static final int POINTER_OFFSET = 8;

    private static final int WHOLE = -1; // the whole datagram
    private static final int NOTHING = 0;

    private LengthFilter() {}

    /// Attaches a filter that drops longer datagrams.
    ///
    /// @param bytes length of the longest accepted datagram, without headers
    /// @return 0, or −errno
    static long attach(int fd, int bytes) {
        try (Arena arena = Arena.ofConfined()) {
            int[][] program = {
                {LOAD_LENGTH, 0, 0},
                {JUMP_IF_GREATER, 1, bytes + UDP_HEADER_BYTES}, // skips the next
                {RETURN, 0, WHOLE},
                {RETURN, 0, NOTHING}
            };
            MemorySegment filter = arena.allocate((long) program.length * INSTRUCTION_BYTES, JAVA_INT.byteAlignment());
            for (int i = 0; i < program.length; i++) {
                MemorySegment instruction = filter.asSlice((long) i * INSTRUCTION_BYTES, INSTRUCTION_BYTES);
                instruction.set(JAVA_SHORT, 0, (short) program[i][0]);
                instruction.set(JAVA_BYTE, JUMP_TRUE_OFFSET, (byte) program[i][1]);
                instruction.set(JAVA_INT, CONSTANT_OFFSET, program[i][2]);
            }
            MemorySegment value = arena.allocate(PROGRAM_BYTES, JAVA_LONG.byteAlignment());
            value.set(JAVA_SHORT, 0, (short) program.length);
            value.set(JAVA_LONG, POINTER_OFFSET, filter.address());
            return SocketOptions.set(fd, SocketOptions.SOL_SOCKET, SO_ATTACH_FILTER, value);
        }
    }
}
