using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monolith.Kernel.Json;

/// <summary>How JSON looks on the wire: snake_case, compact, nulls left out, false and zero kept, <c>&lt; &gt; &amp;</c> escaped. Names are read in any case.</summary>
public static class WireJson
{
    /// <summary>The one set of options, read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The wire name of a .NET member name.</summary>
    public static string Name(string memberName) => JsonNamingPolicy.SnakeCaseLower.ConvertName(memberName);

    /// <summary>Applies the wire format to options that a framework owns.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = MinimalEncoder.Instance;
        options.PropertyNameCaseInsensitive = true;
        options.MaxDepth = 64;
        options.Converters.Add(new TextConverter());
        options.Converters.Add(new UtcTimeConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>PostgreSQL text cannot hold NUL, and half a surrogate pair is no text at all: both are the client's error.</summary>
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw new JsonException();
            return ReadText(ref reader);
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ReadText(ref reader);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value);

        private static string ReadText(ref Utf8JsonReader reader)
        {
            try
            {
                return reader.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : throw new JsonException();
            }
            catch (InvalidOperationException)
            {
                throw new JsonException();
            }
        }
    }

    /// <summary>RFC 3339 in UTC with a <c>Z</c>, and no more digits than the database keeps.</summary>
    private sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
    {
        private const int RoundTrip = 28; // 2026-01-02T03:04:05.1234567Z

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out var time))
                throw new JsonException();
            return time.ToUniversalTime();
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            // The round-trip format is many times faster than one of our own; it has seven digits, always.
            Span<byte> buffer = stackalloc byte[RoundTrip];
            value.UtcDateTime.TryFormat(buffer, out _, "O", System.Globalization.CultureInfo.InvariantCulture);
            var text = buffer[..(RoundTrip - 2)].TrimEnd((byte)'0').TrimEnd((byte)'.');
            buffer[text.Length] = (byte)'Z';
            writer.WriteStringValue(buffer[..(text.Length + 1)]);
        }
    }
}
