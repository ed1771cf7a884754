package dev.pitot.socket;

import java.util.List;

/// Socket families that the contract tests run with.
final class Families {
    /// Both families if both work, otherwise the portable one.
    static final List<SocketFamily> ALL = SocketFamilies.best().name().equals("linux")
            ? List.of(SocketFamilies.linux(), SocketFamilies.portable())
            : List.of(SocketFamilies.portable());

    private Families() {}
}
