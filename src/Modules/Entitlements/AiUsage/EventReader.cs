using System.Text.Json;

namespace Monolith.Entitlements.AiUsage;

/// <summary>Reads the fields of one event; remembers the first fault in place of throwing, so that one bad event never costs the others.</summary>
internal sealed class EventReader(JsonElement source, DateTimeOffset now)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(24);

    // Nobody used AI before; what lies at the ends of the calendar has a meaning of its own in the database.
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, JsonElement> _members = StorableJson.Members(source);

    public FieldError? Fault { get; private set; } = source.ValueKind == JsonValueKind.Object ? null : new FieldError("", "Must be a JSON object.");

    public Guid Uuid(string name)
    {
        var id = OptionalUuid(name);
        if (id is null)
            Blame(name, "Must be a uuid.");
        return id ?? default;
    }

    public Guid? OptionalUuid(string name) =>
        Find(name) is { } value && Guid.TryParseExact(StorableJson.Text(value), "D", out var id) ? id : null;

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
        var text = StorableJson.Text(value);
        if (text is null || DisplayText.Length(text) > maxLength)
            Blame(name, $"Must be text of at most {maxLength} characters.");
        else if (!DisplayText.IsPlain(text))
            Blame(name, DisplayText.Complaint);
        return text;
    }

    public DateTimeOffset Time(string name)
    {
        var time = OptionalTime(name);
        if (time is null)
            Blame(name, "Must be a timestamp.");
        return time ?? default;
    }

    /// <summary>In UTC; null also when it is at fault.</summary>
    public DateTimeOffset? OptionalTime(string name)
    {
        if (Find(name) is not { } value)
            return null;
        var time = StorableJson.Text(value) is { } text ? Rfc3339.Parse(text) : null;
        if (FaultOf(time) is not { } fault)
            return time;
        Blame(name, fault);
        return null;
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
        if (StorableJson.IsObject(value))
            return JsonSerializer.Serialize(value);
        Blame(name, $"Must be a JSON object of valid text, at most {StorableJson.LargestObject} bytes and {StorableJson.DeepestObject} levels.");
        return "{}";
    }

    public void Blame(string field, string detail) => Fault ??= new FieldError(field, detail);

    private string? FaultOf(DateTimeOffset? time) => time switch
    {
        null => "Must be a timestamp.",
        var future when future > now + ClockTolerance => "Lies more than 24 hours in the future.",
        var past when past < Earliest => "Lies before the year 2000.",
        _ => null,
    };

    private JsonElement? Find(string name) =>
        _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
