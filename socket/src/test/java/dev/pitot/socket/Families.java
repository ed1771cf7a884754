package dev.pitot.socket;

import java.util.List;

/// What the contract's test classes run over.
final class Families {
    /// Both families where both work, or else the portable one.
    static final List<SocketFamily> ALL = SocketFamilies.best().name().equals("linux")
            ? List.of(SocketFamilies.linux(), SocketFamilies.portable())
            : List.of(SocketFamilies.portable());

    private Families() {}
}
