package dev.pitot.command;

import dev.pitot.command.Request.RunSettings;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One option: the value without it, its spelling, and the value with it.
record OptionRow(
        Option option,
        String base,
        String line,
        Function<Request, @Nullable Object> reads,
        @Nullable Object without,
        Object with) {
    /// Returns the option with a long name.
    static Option named(String name) {
        return OptionTable.ALL.stream()
                .filter(option -> option.names().contains(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no option --" + name));
    }

    @Override
    public String toString() {
        return line;
    }

    static OptionRow client(
            Option option,
            String line,
            Function<ClientConfig, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return new OptionRow(
                option, "-c h", line, request -> reads.apply(((Request.Client) request).config()), without, with);
    }

    static OptionRow server(
            Option option,
            String line,
            Function<ServerConfig, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return new OptionRow(
                option, "-s", line, request -> reads.apply(((Request.Server) request).config()), without, with);
    }

    static OptionRow streams(
            Option option,
            String line,
            Function<StreamSettings, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return client(option, line, config -> reads.apply(config.test().streams()), without, with);
    }

    static OptionRow socket(
            Option option,
            String line,
            Function<SocketSettings, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return streams(option, line, streams -> reads.apply(streams.socket()), without, with);
    }

    static OptionRow runSettings(
            Option option,
            String line,
            Function<RunSettings, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return new OptionRow(
                option, "-c h", line, request -> reads.apply(((Request.Client) request).settings()), without, with);
    }

    static OptionRow output(
            Option option,
            String line,
            Function<OutputOptions, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return runSettings(option, line, settings -> reads.apply(settings.output()), without, with);
    }
}
