package dev.pitot.wire.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.io.IOException;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// One member of a client's parameter message: its key, how it is written and how it is read. The
/// kinds are iperf's (iperf_api.c: send_parameters, get_parameters).
///
/// @param key as it is written; reading ignores the case, as cJSON does
record ParameterField(String key, Writer writer, Reader reader) {
    /// Writes the member, or nothing.
    @FunctionalInterface
    interface Writer {
        void write(JsonGenerator json, Parameters from) throws IOException;
    }

    /// Sets what the member says, or its default.
    @FunctionalInterface
    interface Reader {
        /// Reads one.
        ///
        /// @throws InvalidSettingException if the value is out of range
        void read(JsonObjectReader jsonObjectReader, ParametersBuilder to);
    }

    /// The key by which [JsonObjectReader] know it.
    String lowerKey() {
        return key.toLowerCase(Locale.ROOT);
    }

    /// A number that is left out where it is 0, and whose range the model checks.
    static ParameterField number(String key, ToLongFunction<TestConfig> from, ObjIntConsumer<ParametersBuilder> to) {
        return new ParameterField(
                key,
                unlessZero(key, from),
                (jsonObjectReader, draft) -> to.accept(draft, whole(jsonObjectReader, key, 0)));
    }

    /// A number that is always there.
    ///
    /// @param ifAbsent where another program leaves it out all the same
    static ParameterField always(
            String key, long ifAbsent, ToLongFunction<TestConfig> from, ObjIntConsumer<ParametersBuilder> to) {
        return new ParameterField(
                key,
                (json, parameters) -> json.writeNumberField(key, from.applyAsLong(parameters.test())),
                (jsonObjectReader, draft) -> to.accept(draft, whole(jsonObjectReader, key, ifAbsent)));
    }

    /// A count of any size that is always there, and that iperf refuses below 0.
    static ParameterField count(String key, ToLongFunction<TestConfig> from, ObjLongConsumer<ParametersBuilder> to) {
        return new ParameterField(
                key,
                (json, parameters) -> json.writeNumberField(key, from.applyAsLong(parameters.test())),
                (jsonObjectReader, draft) -> to.accept(draft, notNegative(jsonObjectReader, key)));
    }

    /// A rate, which is left out where there is no limit, and which iperf refuses below 0.
    static ParameterField rate(String key, ToLongFunction<TestConfig> from, ObjLongConsumer<ParametersBuilder> to) {
        return new ParameterField(
                key,
                unlessZero(key, from),
                (jsonObjectReader, draft) -> to.accept(draft, notNegative(jsonObjectReader, key)));
    }

    /// `true`, or nothing.
    static ParameterField truth(String key, Predicate<TestConfig> from, BiConsumer<ParametersBuilder, Boolean> to) {
        return new ParameterField(
                key,
                (json, parameters) -> {
                    if (from.test(parameters.test())) {
                        json.writeBooleanField(key, true);
                    }
                },
                (jsonObjectReader, draft) -> to.accept(draft, jsonObjectReader.isTrue(key.toLowerCase(Locale.ROOT))));
    }

    /// 1, or nothing; any number but 0 means yes.
    static ParameterField one(String key, Predicate<TestConfig> from, BiConsumer<ParametersBuilder, Boolean> to) {
        return new ParameterField(
                key,
                unlessZero(key, test -> from.test(test) ? 1 : 0),
                (jsonObjectReader, draft) -> to.accept(draft, jsonObjectReader.whole(key, 0) != 0));
    }

    /// 1, or nothing; any number at all means yes.
    static ParameterField presence(String key, Predicate<TestConfig> from, BiConsumer<ParametersBuilder, Boolean> to) {
        return new ParameterField(
                key,
                unlessZero(key, test -> from.test(test) ? 1 : 0),
                (jsonObjectReader, draft) -> to.accept(draft, jsonObjectReader.has(key)));
    }

    /// A text, or nothing.
    static ParameterField text(
            String key,
            Function<Parameters, @Nullable String> from,
            BiConsumer<ParametersBuilder, @Nullable String> to) {
        return new ParameterField(
                key,
                (json, parameters) -> {
                    String value = from.apply(parameters);
                    if (value != null) {
                        json.writeStringField(key, value);
                    }
                },
                (jsonObjectReader, draft) -> to.accept(draft, jsonObjectReader.text(key)));
    }

    /// This field, refused outside a range that the model cannot check: it has no effect here, or
    /// its 0 means that it is absent.
    ParameterField within(long min, long max, IperfError error) {
        return new ParameterField(key, writer, (jsonObjectReader, draft) -> {
            long value = jsonObjectReader.whole(lowerKey(), min);
            if (value < min || value > max) {
                throw new InvalidSettingException(error);
            }
            reader.read(jsonObjectReader, draft);
        });
    }

    private static Writer unlessZero(String key, ToLongFunction<TestConfig> from) {
        return (json, parameters) -> {
            long value = from.applyAsLong(parameters.test());
            if (value != 0) {
                json.writeNumberField(key, value);
            }
        };
    }

    /// A number whose range the model checks; what exceeds an `int` exceeds every range.
    private static int whole(JsonObjectReader jsonObjectReader, String key, long ifAbsent) {
        return Math.clamp(
                jsonObjectReader.whole(key.toLowerCase(Locale.ROOT), ifAbsent), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static long notNegative(JsonObjectReader jsonObjectReader, String key) {
        long value = jsonObjectReader.whole(key, 0);
        if (value < 0) {
            throw new InvalidSettingException(IperfError.RECEIVE_PARAMETERS);
        }
        return value;
    }
}
