package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import org.jspecify.annotations.Nullable;

/// Collects the options of data sockets that both ends set. Every value is checked, by the model,
/// as it comes. Used by one thread.
final class SocketDraft {
    private int windowBytes;
    private int mss;
    private boolean noDelay;
    private int tos;
    private @Nullable String congestion;
    private int flowLabel;

    /// @throws InvalidSettingException (errors 8, 10, 21, 127) if a value is out of range
    SocketSettings build() {
        return new SocketSettings(windowBytes, mss, noDelay, tos, congestion, flowLabel);
    }

    void window(Given given) throws UsageException {
        windowBytes = Numbers.size(given);
        build();
    }

    void mss(Given given) throws UsageException {
        mss = Numbers.whole(given);
        build();
    }

    void noDelay() {
        noDelay = true;
    }

    void tos(int value) {
        tos = value;
        build();
    }

    void congestion(String algorithm) {
        congestion = algorithm;
    }

    /// `-L`: from 1, unlike the model's, where 0 stands for none.
    void flowLabel(Given given) throws UsageException {
        Integer label = Numbers.anyBase(given);
        if (label == null || label < 1) {
            throw new InvalidSettingException(IperfError.SET_FLOW_LABEL);
        }
        flowLabel = label;
        build();
    }
}
