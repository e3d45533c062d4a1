using System.Text.Json;
using Monolith.BuildingBlocks.Results;

namespace Monolith.Entitlements.AiUsage;

/// <summary>Reads the fields of one event; remembers the first fault in place of throwing, so that one bad event never costs the others.</summary>
internal sealed class EventReader(JsonElement source, DateTimeOffset now)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(24);

    private readonly bool _isObject = source.ValueKind == JsonValueKind.Object;

    public FieldError? Fault { get; private set; } = source.ValueKind == JsonValueKind.Object ? null : new FieldError("", "Must be a JSON object.");

    public Guid Uuid(string name)
    {
        var id = OptionalUuid(name);
        if (id is null)
            Blame(name, "Must be a uuid.");
        return id ?? default;
    }

    public Guid? OptionalUuid(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } value && Guid.TryParseExact(Text(value), "D", out var id) ? id : null;

    public string Text(string name, int maxLength)
    {
        var text = OptionalText(name, maxLength);
        if (string.IsNullOrWhiteSpace(text))
            Blame(name, "Must not be empty.");
        return text ?? "";
    }

    public string? OptionalText(string name, int maxLength)
    {
        if (Find(name) is not { } value)
            return null;
        var text = value.ValueKind == JsonValueKind.String ? Text(value) : null;
        if (text is null || text.Length > maxLength)
            Blame(name, $"Must be text of at most {maxLength} characters.");
        return text;
    }

    public DateTimeOffset Time(string name)
    {
        var time = OptionalTime(name);
        if (time is null)
            Blame(name, "Must be a timestamp.");
        return time ?? default;
    }

    public DateTimeOffset? OptionalTime(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.String || !value.TryGetDateTimeOffset(out var time))
        {
            Blame(name, "Must be a timestamp.");
            return null;
        }

        if (time > now + ClockTolerance)
            Blame(name, "Lies more than 24 hours in the future.");
        return time.ToUniversalTime();
    }

    public int PositiveNumber(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number > 0)
            return number;
        Blame(name, "Must be a whole number from 1 to 2147483647.");
        return 0;
    }

    public bool Flag(string name)
    {
        var value = Find(name);
        if (value?.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Blame(name, "Must be true or false.");
        return value?.ValueKind == JsonValueKind.True;
    }

    /// <summary>An object as JSON text; <c>{}</c> when absent.</summary>
    public string JsonObject(string name)
    {
        if (Find(name) is not { } value)
            return "{}";
        if (value.ValueKind == JsonValueKind.Object && IsStorable(value))
            return JsonSerializer.Serialize(value);
        Blame(name, "Must be a JSON object of valid text.");
        return "{}";
    }

    public void Blame(string field, string detail) => Fault ??= new FieldError(field, detail);

    private JsonElement? Find(string name) =>
        _isObject && source.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static bool IsStorable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => IsText(() => member.Name) && IsStorable(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsStorable),
        JsonValueKind.String => Text(value) is not null,
        _ => true,
    };

    private static string? Text(JsonElement value)
    {
        string? text = null;
        return IsText(() => text = value.GetString()!) ? text : null;
    }

    /// <summary>PostgreSQL text holds no NUL; half a surrogate pair and bad UTF-8 cannot be read at all.</summary>
    private static bool IsText(Func<string> read)
    {
        try
        {
            return !read().Contains('\0', StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
