using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monolith.Members.Sessions;

/// <summary>An entry of an allow list as clients send it: the text <c>type:id</c>, as Go clients write it, or an object with both, as the published description of the API shows it.</summary>
[JsonConverter(typeof(Converter))]
[WireType(typeof(string), typeof(AllowListTarget))]
internal sealed record AllowListEntry(string Text)
{
    private sealed class Converter : JsonConverter<AllowListEntry>
    {
        public override AllowListEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
                return new(JsonSerializer.Deserialize<string>(ref reader, options)!);
            return reader.TokenType == JsonTokenType.StartObject && ReadParts(ref reader, options) is { } parts ? new($"{parts.Type}:{parts.Id}") : throw new JsonException();
        }

        // The complaint of an inner reader does not know where in the body it is.
        private static AllowListTarget? ReadParts(ref Utf8JsonReader reader, JsonSerializerOptions options)
        {
            try
            {
                return JsonSerializer.Deserialize<AllowListTarget>(ref reader, options);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        public override void Write(Utf8JsonWriter writer, AllowListEntry value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }
}

/// <summary>An entry of an allow list in two parts.</summary>
/// <param name="Type">A resource type, or <c>*</c>.</param>
/// <param name="Id">A uuid, or <c>*</c>.</param>
internal sealed record AllowListTarget(string? Type, string? Id);
